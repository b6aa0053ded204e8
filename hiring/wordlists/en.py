WORDS = """
age | young; youthful | say what the work needs, for instance "quick to learn" | young brand; young company; young business; young shop; young customers; young readers; young children; young plants; young adults; young people
age | youngster; youngsters; young people; young guns | people | for young people; of young people; with young people
age | digital native; digital natives | comfortable with online tools
age | recent graduate; recent graduates; new grad; new grads; fresh graduate; fresh graduates; fresh out of school; fresh out of university; just graduated | no experience needed, we train you
age | mature; of a certain age | used to working without being watched | mature market; mature cheese; mature trees; mature product
age | energetic; full of energy; high energy | likes a busy day | energetic customers
age | under 30; under 35; under 40; under 25; aged between; maximum age; age limit; not older than | leave the age out
age | recently retired; pensioner; pensioners; housewives and students | everybody who can work these hours | for pensioners; of pensioners
age | years young | leave it out
age | junior team player; young team; young and dynamic; young at heart | a team of four that helps each other
sex | salesman; salesmen; saleswoman; saleswomen | salesperson
sex | he; his; him | they; or speak to the reader: you, your
sex | she; her | they; or speak to the reader: you, your
sex | guys; lads; fellas; gentlemen | everybody; team
sex | girls; ladies; gals; girl friday | people; team | for girls; for ladies; ladies wear
sex | chairman; foreman; craftsman; handyman; repairman; middleman; workmen | chair; supervisor; craftsperson
sex | manpower; man hours; manned; man the phones; man the desk | staff; working hours; answer the phones
sex | waitress; hostess; stewardess; receptionist girl; office girl; shop girl; shopgirl | waiting staff; host; shop assistant
sex | rockstar; rock star; rockstars; rock stars | somebody who does this well and likes it
sex | ninja; ninjas | specialist
sex | hacker mentality; growth hacker; cowboy | finds a way
sex | dominant; dominate; aggressive; aggressively; fearless | confident; ambitious | dominate search
sex | bossy; feminine; masculine; motherly; manly | say what the person does
sex | housewife; housewives; mum friendly; mums returning | everybody who wants these hours
sex | male only; female only; men only; women only; male preferred; female preferred; male or female | leave it out: everybody may apply
origin | native speaker; native speakers; native english; native level; native tongue | speaks and writes English very well
origin | mother tongue; mother tongues; first language | fluent; very good spoken and written English | in their mother tongue; in your mother tongue; in their first language
origin | no accent; without an accent; accent free; neutral accent; clear accent | easy to understand on the phone
origin | citizens only; nationals only; local citizens; must be a citizen; passport holder | allowed to work in this country
origin | foreigners; no foreigners; expats only; locals only | everybody who may work here
origin | western; oriental; exotic | name the country, or leave it out | western union; exotic fruit; exotic plants; exotic teas; country and western
origin | whitelist; blacklist; tribe; guru | allow list; block list; team; expert
family | unattached; single person; no family commitments; no ties; no commitments | can work the hours we name
family | no children; without children; childless; child free | can work the hours we name
family | married; unmarried; marital status | leave it out
family | bachelor; spinster | leave it out | bachelor of; bachelor degree; bachelor s degree
family | like a family; we are a family; we re a family; one big family; family like | we help each other, and everybody goes home on time
family | no pregnancies; not pregnant; pregnant | leave it out
health | fit; physically fit; fit and healthy | name the task: "carries parcels of up to 15 kg" | fit in; fit into; fit around; fit with; fit for; good fit; great fit; right fit; best fit; perfect fit; fit your; fit our; fit their; fit the; fit you; fit us; does not fit; do not fit; clothes fit; loose fit; slim fit; how they fit; fit and sizing
health | healthy; in good health; excellent health; good health | name the task, not the body | healthy food; healthy snacks; healthy lunch; healthy margins; healthy snack; healthy eating; healthy meals
health | able bodied; no disabilities; without disabilities; no health problems; no illnesses; no medical conditions | say what is done; ask what somebody needs to do it well
health | must have excellent hearing; perfect eyesight; excellent eyesight; must be able to stand | name the task
health | crazy; insane; insanely; psycho; ocd; lame; crippled; tone deaf | very; unusual
health | non smoker; nonsmoker; no smokers; non smokers | we do not smoke indoors
health | stress resistant; resistant to stress; thick skinned; thick skin; handles stress; handle stress | stays friendly when a customer is upset
faith | christian; christians; muslim; muslims; jewish; hindu; catholic; protestant; atheist | leave it out | christian names
faith | god fearing; church member; churchgoer; good moral character; sound morals; our faith; shares our faith | leave it out
faith | clean shaven; no headscarf; no headscarves; no head coverings; no turbans | say what the work needs, for instance for safety
looks | attractive; good looking; good looks; pretty; well groomed; presentable; well presented; pleasant appearance | friendly and neat with customers | attractive pay; attractive salary; attractive offer; attractive benefits; attractive prices; attractive adverts; pretty much; pretty good; pretty simple; pretty easy; pretty well
looks | slim; tall; petite; height requirement; minimum height | leave it out | slim fit; slim chance; tall order
looks | send a photo; attach a photo; with a photo; recent photo; include a photo; with photo; cv with picture | leave it out: a photo says nothing about the work
money | own car required; must own a car; must have own car; must have a car | can get to work and to customers
money | elite university; top university; top tier university; ivy league; russell group | say what somebody should be able to do
strain | work hard play hard; hustle; hustler; hustle culture; grind | say how a busy week looks, and what you do about it | coffee grind; grind coffee; fine grind; coarse grind; we grind
strain | 24 7; around the clock; always available; always on; always reachable; no 9 to 5; not a 9 to 5 | name the hours
strain | wear many hats; wears many hats; wearing many hats; many hats | name the two or three other things
strain | fast paced; high pressure; pressure cooker; hit the ground running | say how many customers write on a usual day
strain | unlimited overtime; flexible overtime; overtime as needed; willing to go the extra mile; go the extra mile; whatever it takes | name the hours, and how longer days are paid
boast | world class; best in class; best of the best; the very best; top performer; top performers; a players; a player; top talent; top notch | say what good work looks like here | music player
boast | superstar; superstars; superhero; superheroes; unicorn; wizard; wizards; genius; jedi; hero; all star; legend | somebody who likes this work | setup wizard
boast | perfect; perfectionist; flawless; impeccable; expert in everything | careful | perfect for you; perfect gift*; perfect time; perfect match for you; nobody is perfect; not perfect; practice makes perfect
boast | extraordinary; exceptional; outstanding; elite; unparalleled; unrivalled | good; or say what it is | outstanding orders; outstanding questions; outstanding invoices; outstanding tickets; exceptional cases
boast | obsessed; obsession; obsess; live and breathe; eat sleep and breathe | likes; cares about
"""

ASKS = """
family | are you married; married; single or; marital status; civil status; relationship status; partner; husband; wife; spouse
family | children; kids; child care; childcare; pregnant; pregnancy; start a family; family plans; planning a family; family situation; sons or daughters; expecting
age | how old; your age; date of birth; birth date; birthday; year of birth; born in; when were you born; which year did you finish school; when do you retire; retirement plans
health | ill; illness; illnesses; sick days; sick leave; sickness; disability; disabilities; disabled; medical; health; medication; therapy; diagnosis; smoke; smoker; drink alcohol; healthy; how tall; how much do you weigh
faith | religion; religious; faith; church; mosque; synagogue; temple; pray; prayer; believe in god; which holidays do you celebrate
origin | where are you from; where were you born; country of birth; place of birth; nationality; citizenship; ethnic; ethnicity; race; mother tongue; native language; native speaker; where are your parents from; your parents; your accent; immigrant
sex | gender; sexual orientation; male or female; are you a man; are you a woman; maiden name; mr or mrs
views | which party; political; politics; vote for; trade union; union member; member of a union
money | what did you earn; previous salary; current salary; last salary; salary history; earn now; debts; own a house; own your home; credit score
"""
