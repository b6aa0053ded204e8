WORDS = """
age | nuor* | kerro, mitä työ vaatii, esimerkiksi "opit nopeasti" | nuorten huone; nuorten vaat*; nuorille asiakkaille; nuorten kirjat; nuorisotalo
age | nuorekas*; nuorekka* | tiimi, jossa autetaan toisia
age | diginatiivi* | verkon työkalut ovat tuttuja
age | vastavalmistun*; juuri valmistun* | kokemusta ei tarvita, me koulutamme
age | energi* | pitää vilkkaista päivistä | energian; energia; energiaa; energiayhtiö; uusiutuva energia; uusiutuvan energian; energiajuoma; energiajuomia; energiansäästö
age | alle 30; alle 35; alle 40; yläikäraja*; ikäraja*; enintään 30 vuotias; enintään 35 vuotias; parhaassa iässä | jätä ikä pois
age | virkeä eläkeläi*; eläkeläi* | kaikki, joille nämä työajat sopivat
sex | myyntimie*; myyntimies; kauppamie*; myyjätär; myyjättär* | myyjä; myynnin ammattilainen
sex | lakimie*; virkamie*; esimie*; puhemie*; luottamusmie*; tiedottajatar; emäntä; emännän | juristi; esihenkilö; luottamushenkilö
sex | pojat; poikien; kaverit; jätkä*; äijä* | tiimi; väki | poikien vaatteet
sex | tyttö*; tyttöjen; neitokai*; neiti; naiset | tiimi; väki | tyttöjen vaatteet; tyttöjen kengät; naisten vaatteet
sex | rokkitäh*; rocktäh*; rokstar*; rockstar* | tekijä, joka tekee työn hyvin ja pitää siitä
sex | ninja* | taitaja
sex | aggressiivi*; hyökkäävä*; peloton; pelottoma*; dominoi* | määrätietoinen; rohkea
sex | miehekä*; miehekkä*; naiselli*; äidilli* | kerro, mitä henkilö tekee
sex | vain miehille; vain naisille; vain miehiä; vain naisia | jätä pois: kaikki saavat hakea
origin | äidinkiel* | puhut ja kirjoitat suomea erittäin hyvin | asiakkaan äidinkielellä; asiakkaiden äidinkielellä; heidän äidinkielellään
origin | natiivi*; syntyperäi* | sujuva; erittäin hyvä kielitaito | natiivisovellus; natiivisovelluksen
origin | kantasuomalai*; suomalaissyntyi*; aito suomalainen; suomen kansalai* | oikeus työskennellä Suomessa
origin | ilman korostusta; aksentiton; aksenttia; murteeton | puhelimessa helposti ymmärrettävä
origin | ulkomaalai*; mamu*; eksoot* | kaikki, jotka saavat työskennellä täällä | ulkomaalainen asiakas; ulkomaalaiset asiakkaat; ulkomaalaisille asiakkaille; eksoottiset hedelmät; eksoottisia hedelmiä
family | perheetön; perheettöm*; lapseton; lapsettom*; sinkku*; naimaton; naimattom* | voi työskennellä ilmoitettuina aikoina
family | naimisissa; siviilisääty*; siviilisääd* | jätä pois
family | kuin perhe; yhtä perhettä; yhtä suurta perhettä; perheenomai* | autamme toisiamme ja lähdemme ajoissa kotiin
family | ei perhevelvoitteita; raskaana; äitiysloma* | jätä pois
health | terve; tervettä; hyväkuntoi*; fyysisesti kunnossa; hyvässä kunnossa; perusterve*; hyvä terveys; hyväterveyksi* | kerro tehtävä: "nostat enintään 15 kilon paketteja" | terve talous; tervettä järkeä; terve järki
health | vammaton; vammattom*; ei sairauksia; ei terveysongelmia | kerro, mitä tehdään; kysy, mitä hakija tarvitsee
health | stressinsieto*; stressinsiedo*; paineensieto*; paineensiedo*; stressiä sietävä; kestää painetta; paksunahkai* | pysyy ystävällisenä, kun asiakas on pahoillaan
health | savuton; savuttom*; tupakoimaton; tupakoimattom* | sisällä ei polteta | savuton työpaikka; savuttomassa
health | hullu*; sekopä* | innostunut; poikkeuksellinen
faith | kristi*; muslim*; juutalai*; luterilai*; ortodoks*; ateist*; uskovai* | jätä pois
faith | ilman huivia; huivikielto; seurakunnan jäsen | kerro, mitä työ vaatii
looks | edusta*; hyvännäköi*; siististi pukeutu*; viehättävä*; kaunis; kauniin; komea; komean | ystävällinen ja siisti asiakkaiden kanssa | edustaa yritystä; edustamme; kaunis koti; kauniit tuotteet; kaunis tuote; edustaja; edustajan; edustajat; asiakkaan edustaja; edustajamme
looks | liitä kuva; kuvallinen hakemus; kuvallista; valokuva* | jätä pois: kuva ei kerro työstä | valokuvaus; valokuvausta; valokuvakehy*; valokuvia tuotteista; tuotteiden valokuvaus; valokuvaat
money | oma auto; oman auton | pääsee töihin | oma autotarvike
strain | 24 7; vuorokauden ympäri; aina tavoitettavissa; jatkuvasti tavoitettavissa | kerro työajat
strain | kova tahti; kovassa tahdissa; hektinen; hektisessä; hektistä; kiireinen työympäristö | kerro, montako viestiä tulee tavallisena päivänä
strain | joustat tarvittaessa; ylityövalmi*; venyy; venyä; venymi* | kerro työajat ja miten pitkät päivät korvataan
boast | supertäh*; supersankar*; velho*; guru*; sankar*; yksisarvi*; huippuyksilö* | tekijä, joka pitää tästä työstä
boast | maailmanluok*; ylivertai*; alan paras; parhaista parhaat; parhaista paras; huipputyyp*; huippuosaaj* | kerro, millaista hyvä työ on teillä
boast | täydelli*; virheettöm*; virheetön | huolellinen | täydellinen lahja; täydellisen lahjan
boast | intohim*; palat halusta; elät ja hengität | pitää; välittää
"""

ASKS = """
family | naimisissa; siviilisääty*; siviilisääd*; puoliso*; aviomie*; vaimo*; kumppani*; parisuh*; sinkku
family | lapsi*; lapse*; lasta; lasten; raskaa*; perheen perustami*; perhesuunnitel*; perhetilan*; päivähoi*; äitiyslom*; vanhempainvap*
age | kuinka vanha; minkä ikäi*; ikäsi; ikä; syntymäaika*; syntymäpäiv*; syntymävuo*; milloin synnyit; syntynyt; henkilötunnu*; eläkkeelle
health | sairau*; sairas*; sairaslom*; sairauslom*; vamma*; terve; terveyde*; terveyte*; lääkity*; lääkkei*; diagnoosi*; tupakoi*; poltatko; alkohol*
faith | uskon*; uskonto*; kirkko*; kirkon; moskei*; seurakun*; rukoil*; usko jumal*
origin | mistä olet kotoisin; missä olet syntynyt; synnyinmaa*; synnyinpaik*; kansalaisuu*; kansallisuu*; etni*; äidinkiel*; vanhempasi; vanhempiesi; aksentti*
sex | sukupuol*; seksuaali*; tyttönim*; mies vai nainen
views | poliitti*; puolue*; äänestä*; ammattiliit*
money | nykyinen palkkasi; edellinen palkkasi; palkkahistoria; paljonko ansaitset; velka*; velkoja; luottotie*
"""
