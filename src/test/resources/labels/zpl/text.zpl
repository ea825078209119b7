^XA
^PW600^LL400
^FX one line each: font 0, a bitmap font, turned, on a baseline
^FO20,20^A0N,40,40^FDHHHH^FS
^FO20,80^ADN,36,20^FDHHHH^FS
^FO500,20^A0R,40,40^FDHHHH^FS
^FT20,200^A0N,40,40^FDHHHH^FS
^FO20,240^A0N,24,24^FB300,3,4,R^FDa block of words that wraps\&and breaks^FS
^XZ
