// Natively a program begins here; on the web a page calls its functions.
