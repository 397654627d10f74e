"""What can be computed: pure Python, values in, values out. No Django, no clock, no chance."""
