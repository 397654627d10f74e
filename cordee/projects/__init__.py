"""WE START: projects that some members carry together, each of a kind that brings its playbook and its tools."""
