WORDS = """
age | młod* | napisz, czego wymaga praca, na przykład „szybko się uczysz” | młoda firma; młodej firmy; młoda marka; młodzi klienci; młodych klientów; młodym klientom; dla młodych; dla młodzieży; młode rośliny
age | cyfrowy tubyl*; cyfrowego tubyl*; digital native; digital natives | swobodnie korzysta z narzędzi online
age | absolwent* | doświadczenie nie jest potrzebne, wszystkiego nauczymy
age | świeżo po studiach; tuż po studiach; zaraz po studiach; student* | każdy, komu pasują te godziny | studenci jako klienci; dla studentów; zniżka dla studentów
age | energiczn*; pełen energii; pełna energii; pełny energii | lubi ruchliwe dni
age | do 30 lat; do 35 lat; do 40 lat; w wieku od; w wieku do; limit wieku; granica wieku; poniżej 30; poniżej 35; poniżej 40 | pomiń wiek
age | emeryt*; rencist* | każdy, komu pasują te godziny | dla emerytów; dla rencistów
sex | sprzedawczyni; sprzedawczyń; ekspedientk*; kasjerk*; sekretark*; recepcjonistk*; asystentk* | osoba do obsługi klientów | kasjerka i kasjer; asystentka lub asystent; sekretarka automatyczna
sex | handlowiec; handlowca; fachowiec; kierowca mężczyzna | osoba do sprzedaży; handlowiec lub handlowczyni | handlowiec lub handlowczyni
sex | mężczyzn*; pan do; panów | każdy; osoba | odzież dla mężczyzn; dla mężczyzn; ubrania dla panów; dla panów
sex | kobiet*; pani do; dziewczyn*; hostess* | każdy; osoba | odzież dla kobiet; dla kobiet; dla dziewczynek; dla dziewczyn
sex | chłopak*; chłopaki; kolesi* | zespół; każdy | odzież dla chłopaków; dla chłopaków
sex | gwiazda rocka; gwiazdy rocka; rockstar*; rockman* | ktoś, kto robi to dobrze i z przyjemnością
sex | ninja; ninj* | specjalista lub specjalistka
sex | agresywn*; nieustraszon*; dominuj*; waleczn* | pewny siebie; zdecydowany | agresywne środki
sex | męsk*; kobiec*; matczyn* | napisz, co ta osoba robi | odzież męska; męskie buty; męska kolekcja; kolekcja męska; buty męskie; kobiece ubrania; odzież kobieca
origin | język ojczysty; języka ojczystego; językiem ojczystym; ojczyst*; native speaker*; rodzimy użytkownik* | bardzo dobrze mówi i pisze po polsku | w ojczystym języku klienta; w języku ojczystym klienta
origin | rodowit*; narodowość polska; narodowości polskiej; obywatelstwo polskie; obywatelstwa polskiego; tylko polacy; polak; polka | prawo do pracy w Polsce
origin | bez akcentu; nienaganny akcent; bez naleciałości; czysta polszczyzna | łatwo zrozumieć przez telefon
origin | cudzoziem*; obcokrajow*; ukrain*; egzotyczn* | każdy, kto może tu pracować | egzotyczne owoce; egzotycznych owoców; egzotyczne rośliny; egzotyczne herbaty; klienci z ukrainy; klientów z ukrainy; klientami z ukrainy
family | bezdzietn*; bez dzieci; bez zobowiązań; bez zobowiązań rodzinnych; niezobowiązan* | może pracować w podanych godzinach
family | singiel; singla; samotn*; niezamężn*; nieżonat*; kawaler*; panna; stan wolny; stanu wolnego | może pracować w podanych godzinach
family | zamężn*; żonat*; mężatk*; stan cywilny; stanu cywilnego | pomiń to
family | jak rodzina; jak w rodzinie; jedna wielka rodzina; rodzinna atmosfera; rodzinnej atmosfer*; rodzinną atmosfer* | pomagamy sobie i wychodzimy z pracy na czas
family | w ciąży; nie w ciąży; ciąż*; urlop macierzyńsk* | pomiń to | odzież ciążowa; ciążow*; kobiety w ciąży; kobiet w ciąży
health | zdrow*; sprawn* fizyczn*; sprawny fizycznie; sprawna fizycznie; sprawność fizyczna; sprawności fizycznej; dobra kondycja; dobrej kondycji; dobrym zdrowiu | nazwij zadanie: „nosisz paczki do 15 kg” | zdrowa żywność; zdrowej żywności; zdrową żywność; zdrowe jedzenie; zdrowego jedzenia; zdrowe przekąski; zdrowych przekąsek; zdrowy rozsądek; zdrowego rozsądku; zdrowotn*
health | pełnosprawn*; bez niepełnosprawności; bez chorób; brak chorób; brak przeciwwskazań zdrowotnych; orzeczenie o niepełnosprawności; orzeczeniem o niepełnosprawności | napisz, co się robi; zapytaj, czego ktoś potrzebuje
health | odporn* na stres; odporność na stres; odporności na stres; odporny na stres; odporna na stres; odpornością na stres; praca pod presją; pracy pod presją; pod presją czasu; gruba skóra; gruboskórn* | pozostaje życzliwa osobą, gdy klient jest zdenerwowany
health | niepaląc*; nie palący; nie paląca; bez nałogów | w środku nie palimy
health | szalon*; zwariowan*; szaleniec; szaleńc*; wariat* | bardzo; niezwykły
faith | katoli*; chrześcija*; muzułma*; prawosławn*; żydow*; ateist*; wierząc*; praktykując* | pomiń to
faith | wysoka moralność; wysokiej moralności; nienaganna opinia; nienaganną opinią; bez chusty; opinia proboszcza | napisz, czego wymaga praca
looks | miła aparycja; miłej aparycji; aparycj*; nienaganny wygląd; nienagannego wyglądu; atrakcyjn*; schludny wygląd; reprezentacyjn*; ładn*; przystojn* | życzliwa wobec klientów | atrakcyjne wynagrodzenie; atrakcyjnego wynagrodzenia; atrakcyjne warunki; atrakcyjna płaca; atrakcyjne ceny; atrakcyjnych cen; ładne produkty; ładnych produktów; ładne rzeczy; ładnych rzeczy; ładnie
looks | cv ze zdjęciem; ze zdjęciem; dołącz zdjęcie; aktualne zdjęcie; fotografi* | pomiń: zdjęcie nic nie mówi o pracy | fotografia produktów; fotografię produktów; fotografii produktów; fotografie produktów; produkty ze zdjęciem
money | własny samochód; własnym samochodem; własnego samochodu; własne auto | może dojechać do pracy
money | prestiżowa uczelnia; prestiżowej uczelni; renomowana uczelnia; renomowanej uczelni | napisz, co trzeba umieć
strain | całodobow*; 24 7; zawsze dostępn*; stała dyspozycyjność; stałej dyspozycyjności; pełna dyspozycyjność; pełnej dyspozycyjności; dyspozycyjn* | podaj godziny
strain | dynamiczn*; szybkie tempo; szybkim tempie; szybkiego tempa; głęboka woda; głęboką wodę | napisz, ilu klientów pisze w zwykły dzień | dynamiczny wzrost; dynamiczna strona
strain | nienormowany czas; nienormowanym czasie; nadgodzin*; nie liczy godzin | podaj godziny i jak płacisz za dłuższe dni
boast | guru; czarodziej*; superbohater*; supergwiazd*; jednorożec; jednorożc*; geniusz*; bohater*; mistrz świata | ktoś, kto lubi tę pracę | bohater bajki; bohaterowie bajek
boast | światowej klasy; najlepszy z najlepszych; najlepsi z najlepszych; najlepszych z najlepszych; topow*; wybitn*; ponadprzeciętn* | napisz, jak u was wygląda dobra praca
boast | perfekcyjn*; perfekcjoni*; bezbłędn*; nieskaziteln*; idealn* | dokładny | idealny prezent; idealnego prezentu; idealne na prezent
boast | pasjonat*; żyje i oddycha; obsesj*; zafiksowan* | lubi; dba o
"""

ASKS = """
family | zamężn*; żonat*; mąż; męża; żona; żony; partner*; stan cywilny; stanu cywilnego; singiel; samotn*; związku; małżeństw*
family | dzieci*; dziecko; dziecka; ciąż*; macierzyń*; rodzin*; przedszkol*; żłob*; planujesz rodzinę
age | ile masz lat; ile ma pan lat; ile ma pani lat; wiek; wieku; data urodzenia; datę urodzenia; daty urodzenia; rok urodzenia; urodzin*; urodziłeś; urodziłaś; pesel; emerytur*
health | chor*; zdrow*; niepełnospraw*; zwolnieni* lekarski*; zwolnieniu; zwolnienia lekarskie; leki; leków; diagnoz*; palisz; palacz*; alkohol*; nałog*; nałóg
faith | religi*; wiara; wiarę; wiary; wyznani*; kości*; modlisz; wierzysz; parafi*
origin | skąd pochodzisz; skąd pan pochodzi; skąd pani pochodzi; pochodzeni*; gdzie się urodzi*; kraj urodzenia; miejsce urodzenia; narodowoś*; obywatelstw*; etniczn*; ojczyst*; twoi rodzice; twoich rodziców; akcent
sex | płeć; płci; orientacj*; nazwisko panieńskie; kobietą czy mężczyzną
views | polityczn*; polityk*; partia; partii; głosuj*; głosował*; związk* zawodow*; związkach; związków zawodowych
money | obecne wynagrodzenie; poprzednie wynagrodzenie; ile zarabiasz; ile zarabiałeś; ile zarabiałaś; dotychczasowe zarobki; obecne zarobki; długi; kredyt*; komornik*
"""
