"""Threads, mails, reminders: told from the register."""
