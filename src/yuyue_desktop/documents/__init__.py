"""PDF files checked and made to fit, PDF to print, Excel in and out; knows neither screen nor store."""
