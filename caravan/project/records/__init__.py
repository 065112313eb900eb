"""Trade records of other systems: each row is accepted or refused with a reason, and both are counted, in money too."""
