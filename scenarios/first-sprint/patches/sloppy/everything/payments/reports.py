import datetime

from payments.currencies import digits, name

# reports for anna

def all_report(payments, currency=None, title="All payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if True:
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def captured_report(payments, currency=None, title="Captured payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.status == "captured":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def cancelled_report(payments, currency=None, title="Cancelled payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.status == "cancelled":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def refunded_report(payments, currency=None, title="Refunded payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.status == "refunded":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def open_report(payments, currency=None, title="Open payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.status == "authorised":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def big_report(payments, currency=None, title="Big payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.cents > 100000:
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def small_report(payments, currency=None, title="Small payments"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.cents < 100:
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def chf_report(payments, currency=None, title="Payments in CHF"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "CHF":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def chf_captured_report(payments, currency=None, title="Captured payments in CHF"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "CHF" and payment.status == "captured":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def eur_report(payments, currency=None, title="Payments in EUR"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "EUR":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def eur_captured_report(payments, currency=None, title="Captured payments in EUR"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "EUR" and payment.status == "captured":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def gbp_report(payments, currency=None, title="Payments in GBP"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "GBP":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def gbp_captured_report(payments, currency=None, title="Captured payments in GBP"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "GBP" and payment.status == "captured":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def sek_report(payments, currency=None, title="Payments in SEK"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "SEK":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def sek_captured_report(payments, currency=None, title="Captured payments in SEK"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "SEK" and payment.status == "captured":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def usd_report(payments, currency=None, title="Payments in USD"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "USD":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def usd_captured_report(payments, currency=None, title="Captured payments in USD"):
    result = []
    result.append(title)
    result.append("=" * len(title))
    total = 0.0
    count = 0
    for payment in payments:
        if currency is not None:
            if payment.money.currency != currency:
                continue
        if payment.money.currency == "USD" and payment.status == "captured":
            amount = float(payment.money.cents) / (10 ** digits(payment.money.currency))
            total = total + amount
            count = count + 1
            line = ""
            line = line + payment.id
            line = line + " "
            line = line + payment.reference
            line = line + " "
            line = line + str(amount)
            line = line + " "
            line = line + name(payment.money.currency)
            result.append(line)
    result.append("")
    result.append("count: " + str(count))
    result.append("total: " + str(total))
    return "\n".join(result)


def daily(payments):
    now = datetime.datetime.now()
    text = "Report of " + str(now) + "\n"
    for report in (all_report, captured_report, cancelled_report, refunded_report, open_report, big_report, small_report, chf_report, chf_captured_report, eur_report, eur_captured_report, gbp_report, gbp_captured_report, sek_report, sek_captured_report, usd_report, usd_captured_report):
        text = text + report(payments) + "\n\n"
    print(text)
    return text
