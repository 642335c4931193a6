"""Where is my parcel? For the bicycle couriers of Pedalpost."""
