"""The control plane of the emulators: sites, snapshots, journal, faults, limits. For whoever runs them, not for their clients."""
