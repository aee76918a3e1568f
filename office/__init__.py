"""What a department does with cases."""
