"""FHIR out: tests of what leaves, by checkers and an engine that are not ours."""
