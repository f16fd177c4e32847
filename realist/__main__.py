"""Run the program as ``python -m realist``."""

from realist.cli.main import main

if __name__ == "__main__":
    main()
