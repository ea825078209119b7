^XA
^CI28^PW812^LL1218^LH0,0
^CF0,30
^FX sender and carrier
^FO40,40^FDWaybill Samples Ltd^FS
^FO40,80^FD1 Made-up Street^FS
^FO600,40^GB170,90,90^FS^FO610,60^FR^A0N,50,50^FB150,1,0,C^FDXPR^FS
^FO40,150^GB732,0,4^FS
^FX receiver
^CF0,45
^FO40,190^FB500,4,6^FDJane Example\&22 Sample Road\&Teststadt 12345^FS
^FO620,190^BXN,6,200^FDTEST-0001|12345^FS
^FO40,420^GB732,0,4^FS
^FX tracking
^BY4,3,200
^FO100,470^BCN,200,Y,N,N,A^FDTEST0001DE^FS
^FO40,760^GB732,0,4^FS
^FO40,800^A0N,28^FB732,2,0,J^FDHandle with care: this parcel was made up for a test and will never be sent to anyone, anywhere.^FS
^BY2,3,10^FO40,900^BQN,2,6^FDMA,https://example.com/TEST0001DE^FS
^FO772,900^A0R,28^FDturned at the edge^FS
^XZ
