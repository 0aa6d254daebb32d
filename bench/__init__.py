"""The bench: pages and writers of Faubourg, timed against a floor page measured in the same run.

`make bench`, or `python -m bench --only list --database sqlite --quick`. It never fails a build: times
belong to one machine. What is proved about queries is in tests/bench.
"""
