WORDS = """
age | ung; unga; ungt; ungdomlig* | skriv vad arbetet kräver, till exempel "lär dig snabbt" | unga kunder; unga människor; för unga; ungt företag; ungt varumärke; unga växter; unga läsare
age | yngre; ungdom; ungdomar | person; medarbetare | för ungdomar; yngre kunder; yngre barn; ungdomar som kunder
age | digital infödd; digitalt infödd*; digital native; digital natives | van vid verktyg på nätet
age | nyexaminera*; nyutexaminera*; nybakad; nybakade | ingen erfarenhet krävs, vi lär upp dig | nybakade bullar; nybakat bröd; nybakade kakor
age | energisk*; full av energi; mycket energi | tycker om livliga dagar
age | under 30; under 35; under 40; högst 30 år; högst 35 år; åldersgräns* | utelämna åldern
age | pigg pensionär; pensionär* | alla som kan arbeta de här tiderna | för pensionärer; till pensionärer
sex | försäljningsman; säljman; affärsman; affärsmän; fackman; fackmän; talesman; ombudsman; förman; förmän; hantverkskille* | säljare; sakkunnig; talesperson; arbetsledare
sex | killar; grabb*; snubbar; gubbar; herrar | alla; laget | kläder för herrar
sex | tjej*; flickor; damer; tös* | alla; laget | kläder för damer; tjejkläder
sex | rockstjärn*; rockstar*; rock star; rock stars | någon som gör det här bra och tycker om det
sex | ninja; ninjor; ninjas | specialist
sex | aggressiv*; orädd*; dominant*; dominera* | säker; målmedveten | aggressiva medel
sex | bemanna; bemanning; manskap | personal; sköta telefonen
sex | manlig*; kvinnlig*; moderlig*; husmor; husmödrar; hemmafru* | utelämna det: alla får söka | kvinnliga kunder; manliga kunder
sex | han; hans; honom | du; hen
sex | hon; hennes; henne | du; hen
origin | modersmål* | talar och skriver svenska mycket bra | på kundens modersmål; på sitt modersmål; på deras modersmål
origin | infödd svensk; infödda; infödd talare; native speaker* | flytande; mycket god svenska
origin | helsvensk*; etniskt svensk*; svensk medborgare; svenskt medborgarskap; svenskfödd* | rätt att arbeta i Sverige
origin | utan brytning; utan accent; accentfri*; bryter inte; svenska utan dialekt | lätt att förstå i telefon
origin | utlänning*; exotisk*; invandrare | alla som får arbeta här | exotiska frukter; exotisk frukt; exotiska växter
family | ensamstående; singel; ogift; ogifta; gift | kan arbeta de tider vi anger
family | barnlös*; utan barn; inga barn; barnfri; inga familjeförpliktelser | kan arbeta de tider vi anger
family | som en familj; en stor familj; familjär* | vi hjälper varandra och går hem i tid
family | gravid*; mammaledig*; inte gravid | utelämna det | kläder för gravida; gravida kunder
health | frisk*; fullt frisk; god hälsa; god fysik; fysiskt stark; vältränad* | ange uppgiften: "bär paket på högst 15 kilo" | frisk luft; friska växter; friska blommor; friska fläktar; friskvård*
health | inga sjukdomar; inga funktionshinder; utan funktionsnedsättning; fullt arbetsför* | skriv vad som görs; fråga vad den sökande behöver
health | stresstålig*; tål stress; stresstålighet; hårdhudad*; tjockhudad*; klarar press | förblir vänlig när en kund är upprörd
health | rökfri*; icke rökare; ickerökare | vi röker inte inomhus | rökfri arbetsplats
health | galen; galna; galet; vansinnig* | ovanlig; mycket
faith | kristen; kristna; muslim*; judisk*; katolik*; ateist*; troende | utelämna det
faith | utan slöja; slöjförbud; medlem i kyrkan; god moral | skriv vad arbetet kräver
looks | representativ*; snygg*; vårdat yttre; vårdat utseende; attraktiv*; vacker* | vänlig och prydlig mot kunder | attraktiv lön; attraktiva villkor; attraktivt erbjudande; attraktiva förmåner; snygg design; snygga produkter; vackra hem; vackra ting; vackra produkter
looks | bifoga foto; bifoga bild; med foto; cv med bild | utelämna det: en bild säger inget om arbetet
money | egen bil; tillgång till egen bil | kan ta sig till arbetet
strain | dygnet runt; alltid nåbar; alltid tillgänglig; 24 7 | ange arbetstiderna
strain | högt tempo; hektisk*; många bollar i luften; bollar i luften; kastas in | skriv hur många kunder som skriver en vanlig dag
strain | hungrig*; driven; drivet; jobba hårt; det lilla extra; prestigelös* | skriv hur en vecka ser ut
boast | superstjärn*; superhjält*; enhörning*; trollkar*; geni; guru; stjärna; stjärnor | någon som tycker om arbetet
boast | världsklass; bäst i klassen; de allra bästa; bäst av de bästa; toppresta*; topptalang* | skriv hur bra arbete ser ut hos er
boast | perfekt*; felfri*; fulländad* | noggrann | perfekt present; perfekta presenten; perfekt för dig
boast | brinner för; brinna för; lever och andas; besatt | tycker om; bryr sig om
"""

ASKS = """
family | gift; ogift; sambo; civilstånd; make; maka; partner; förhållande; singel; ensamstående
family | barn; gravid*; graviditet*; bilda familj; familjeplan*; familjesituation*; föräldraledig*; barnomsorg; dagis; förskol*
age | hur gammal; ålder; åldern; din ålder; födelsedatum; födelseår; född; födelsedag; personnummer; pension; gå i pension
health | sjuk; sjuka; sjukdom*; sjukfrånvaro*; sjukskriv*; sjukdagar; funktionsned*; funktionshind*; hälsa; hälsotillstånd; frisk; medicin; mediciner; diagnos*; röker; rökare; alkohol
faith | religion*; religiös*; tro; troende; kyrka*; kyrkan; moské*; synagog*; ber du; tror du på gud
origin | varifrån kommer du; var är du född; födelseland; födelseort; nationalitet*; medborgarskap; etnisk*; etnicitet; modersmål*; dina föräldrar; föräldrars; brytning; accent
sex | kön; könsidentitet; sexuell*; läggning; flicknamn; man eller kvinna
views | politisk*; politik; parti; röstar; rösta; fackförening*; fackligt
money | nuvarande lön; tidigare lön; vad tjänar du; senaste lön; skulder; kronofogd*; betalningsanmärk*
"""
