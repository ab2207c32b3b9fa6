"""What reaches the office and what it answers: applications, attachments, receipts."""
