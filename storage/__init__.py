"""What lasts: tables, one repository per noun, the unit of work, migrations, files."""
