"""The vault has no tables: how far a rotation has come is read off the values themselves."""
