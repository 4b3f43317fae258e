"""What somebody asks a cooperative, and its answer, relayed without anybody's number.

Owns: Enquiry.
Emits: EnquiryAsked, EnquiryAnswered.
May know: orders, storefronts, inventory, delivery, payments, catalogue, directory.
"""
