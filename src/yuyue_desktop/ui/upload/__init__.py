"""随附单据编辑: choosing PDF files, each with its verdict before it is saved (S19, S31)."""
