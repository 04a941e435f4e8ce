"""What is shown outside the chat: papers, their signatures, QR codes and their checks."""
