"""Where the world is: files, the clock, processes, Prefect, the store of versions and the command line."""
