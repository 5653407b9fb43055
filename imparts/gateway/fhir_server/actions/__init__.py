"""Writing for the FHIR server: what clients send, as the actions of the apps that own it."""
