"""Each piece of deploy/ is run, or read by the program that it is written for."""
