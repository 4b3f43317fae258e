"""Who carries text messages. A file here is a gateway: `class Gateway`, switched on by SMS_GATEWAY."""
