.PHONY: demo test bench check

demo test bench check:
	python3 start.py $@
