"""Reading what programs were let in, what their tokens stand for, and who may launch us."""
