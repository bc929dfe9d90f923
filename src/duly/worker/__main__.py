"""The worker process."""

import time

import django

if __name__ == "__main__":
    django.setup()
    while True:
        time.sleep(1)
