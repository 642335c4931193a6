"""What the services reported, placed in simulated time. Pure: no service is asked here."""
