"""How somebody comes in: a browser, a text message, a notice. Calls services, asks selectors."""
