"""Words that tell a person's name or a town from other words in capitals."""

# Given names common in several countries; a name that is not here is told by where it stands.
GIVEN = frozenset(
    """
    aaron abdul abigail abraham ada adam adrian agnes ahmad ahmed aisha alan albert alejandro
    alex alexander alexandra alexis alfred ali alice alicia alison allen allison alma amanda
    amber amelia amir amit amy ana andre andrea andreas andrew angel angela anil anita ann anna
    anne annette annie anthony antonio april arjun arnold arthur asha ashley astrid audrey
    austin barbara beatriz becky ben benjamin bernard bernice beth bethany betty beverly bill
    billy bob bonnie boris brad bradley brandon brenda brett brian bridget bruce bryan caleb
    calvin cameron camille carl carla carlos carmen carol caroline carolyn carrie catherine
    cathy cecilia chad charles charlie charlotte chen cheryl chloe chris christian christina
    christine christopher cindy claire clara clarence claudia clara clifford colin colleen
    connie connor craig crystal curtis cynthia daisy dale dan dana daniel daniela danielle danny
    darlene darren dave david dawn dean deborah debra deepak denise dennis derek diana diane
    dianne diego dominic don donald donna doris dorothy doug douglas duane dustin dylan earl
    eddie edgar edith edna eduardo edward edwin eileen elaine eleanor elena eli elias elijah
    elizabeth ella ellen elsie emilia emily emma enrique eric erica erik erin ernest esther
    ethan ethel eugene eva evan evelyn fatima felix fernando florence frances francis francisco
    frank franklin fred frederick gabriel gabriela gail gary gavin gene geoffrey george gerald
    geraldine gina giovanni giulia gladys glenn gloria gordon grace greg gregory guadalupe guy
    gwendolyn hannah hans harold harriet harry harvey hassan heather hector heidi helen helga
    henry herbert hiroshi holly howard hugh hugo ian ibrahim ida ingrid irene iris isaac isabel
    isabella isaiah ivan jack jackie jackson jacob jacqueline jaime jake james jamie jan jane
    janet janice jared jasmine jason javier jay jean jeanette jeff jeffrey jenna jennifer jenny
    jeremy jerome jerry jesse jessica jessie jesus jill jim jimmy jo joan joanna joanne joe joel
    johann johanna john johnny jon jonathan jorge jose joseph josephine joshua joy joyce juan
    juanita judith judy julia julian juliana julie julio june justin karen karim karina karl
    kate katherine kathleen kathryn kathy katie katrina kayla keith kelly ken kenneth kenji
    kevin khalid kim kimberly kofi kristen kristin kurt kwame kyle lakshmi larry lars laura
    lauren laurie lawrence leah lee lena leo leon leonard leroy leslie lewis liam lillian linda
    lindsay lisa liu liz logan lois loretta lori lorraine louis louise lucas lucia lucille lucy
    luis lukas luke lydia lynn mabel madison maggie malik manuel marc marcia marco marcus
    margaret maria mariam marie marilyn mario marion marjorie mark marlene marsha martha martin
    marvin mary maryam matthew matt maureen maurice max maya mei melanie melissa melvin mercedes
    mia michael michele michelle miguel mike mildred ming minh miriam mohamed mohammad mohammed
    molly monica morgan muhammad myrtle nadia nancy naomi natalia natalie natasha nathan
    nathaniel neha neil nicholas nick nicole nina noah noel nora norma norman olga oliver olivia
    omar oscar otto owen pablo pamela patricia patrick paul paula pauline pedro peggy penny pete
    peter philip phillip phyllis pierre pedro priya rachel rafael raj rajesh ralph ramon randy
    raul ravi ray raymond rebecca regina renee ricardo richard rick ricky rita rob robert
    roberto robin rodney roger roland ron ronald rosa rosalie rose rosemary ross roy ruby
    russell ruth ryan sabrina sally salma sam samantha samir samuel sandra sanjay sara sarah
    saul scott sean sebastian sergio seth shannon sharon shawn sheila shelley sherry shirley
    sidney simon sofia sonia sophia sophie stacey stacy stanley stefan stella stephanie stephen
    steve steven stuart sue sunita susan susana suzanne sven sylvia tamara tammy tanya tara
    tariq ted teresa terry thelma theodore theresa thomas tiffany tim timmy timothy tina todd
    tom tommy toni tony tracy travis trevor troy tyler valerie vanessa vera vernon veronica
    vicki victor victoria vijay vincent viola violet virginia vivian vladimir wanda warren wayne
    wei wendy wesley wilhelm william willie wilma xavier yan yasmin yolanda yuki yusuf yvonne
    zachary zainab zara zoe
    """.split()  # noqa: SIM905 - words read best as words
)

# Words in capitals that are no part of a person's name, also where a name could stand.
NO_NAME = frozenset(
    """
    a abbreviated acute adjuvant advanced african after age aged all also alzheimer american an
    and any apolipoprotein are arabic arm as asian asymptomatic at babinski barrett because
    before best biopsy black blood body both brca breast but by can cancer cardiac case category
    caucasian cell center centre chaddock chemotherapy chest child chronic class clinic clinical
    cohort combined community complement concerning congenital considering contact could county
    creatinine crohn ct current currently cushing cycle day definition department diabetes
    diabetic diagnosed diagnosis disease disorder does dose dr drug due duke early effect
    effective emergency epstein evaluation evidence factor failure family female ferriman first
    follow for foundation framingham from gene general german gleason global glucose gold grade
    graves group guideline guidelines had has have health heart help hemoglobin hepatitis her
    high hip his hispanic history hodgkin hopkins hormone hospital how human huntington i ii iii
    if in index indian indications infection influenza inhibitor initial inpatient institute
    insulin insurance interferon intervention irish is iv jewish kidney lady late latest latin
    latino left lesion level liver long low lumbar lung lupus lyme lymphoma male management
    marfan mass may mayo mcgill med medical medicine melanoma memorial metastatic modified month
    months mr mri mrs ms multiple my national native need new no north not note now office older
    on oncology only or our outcomes outpatient pain parkinson part patient patients phase plan
    please positive post postoperative presenting previously primary prior prognosis program
    project prostate protein protocol pt pts pugh question radiation recent recommendation
    recommendations recommended record reflex renal results review reviewed rheumatoid right
    risk rutherford scan score screening secondary seen severe she should side since sinai
    society south spanish st stable stage standard state status stevens streptococcus stroke
    study subject surgery survival syndrome t table tell test than thank thanks that the their
    then therapeutic therapy there these they this those to today transplant treatment trial
    tumor tumour tx type ulcerative under unit university updated upper urgent use vaccine value
    vitamin was week weeks wells were west what when where which white who why will wilson with
    without woman women world would x year years yes you young your
    """.split()  # noqa: SIM905 - words read best as words
) - {"white", "young", "wilson", "wells", "black", "child", "day", "west", "best", "stevens"}
# An eponym's surname may be a person's too: those taken out above count as names after a given one.

# What follows an eponym: `Lou Gehrig's disease`, `Karl Fischer titration`.
AFTER_EPONYM = frozenset(
    """
    algorithm anomaly assay classification criteria curve cyst deformity diet disease duct
    equation estimate fracture gene grade index law lesion lymphoma manoeuvre maneuver method
    model murmur nomogram operation phenomenon position procedure protocol reflex repair rule
    scale score sign stage staging study syndrome test titration trial triad tumor tumour
    """.split()  # noqa: SIM905 - words read best as words
)

# They begin like a person's name.
NO_PERSON = frozenset(
    {
        "ann arbor", "dana farber", "dana-farber cancer", "marie curie", "austin flint",
        "rose bengal", "victoria blue", "helen keller", "st john", "karl fischer", "will rogers",
    }
)  # fmt: skip

# What a house of care is called.
FACILITY = (
    r"(?:Hospitals?|Hosp|Clinics?|Medical|Med|Health(?:care)?|Cent(?:er|re)|Infirmary|Hospice"
    r"|Nursing\s+Home|Institute|General|Memorial|Presbyterian|Permanente|Sanatorium|Polyclinic"
    r"|Practice|Surgery)"
)

# Wards and meetings, after `admitted to` and `presented at`.
NO_PLACE = frozenset(
    """
    aacr aan aasld acc acp acr acute ada aha ash asco asco-gi astro aua cardiology ccu clinic dr
    ed emergency er eras eau easl esmo esc eular floor hdu home hospice icu idsa intensive
    medicine micu nccn neurology nicu oncology or outpatient pacu pcp phase picu rehab sabcs
    sicu sitc sno stage surgery uegw urgent ward dr day week month cycle grade baseline recist
    """.split()  # noqa: SIM905 - words read best as words
)

CITIES = frozenset(
    """
    albany albuquerque amsterdam anaheim anchorage arlington athens atlanta auckland aurora
    austin baltimore bangalore bangkok barcelona beijing belfast berlin birmingham boise bogota
    boston bristol bronx brooklyn brussels budapest buffalo cairo calgary cardiff charleston
    charlotte chennai chicago cincinnati cleveland cologne columbus copenhagen dallas delhi
    denver detroit dhaka dubai dublin durham edinburgh edmonton fresno geneva glasgow hamburg
    hanoi harlem hartford helsinki honolulu houston hyderabad indianapolis istanbul jacksonville
    jakarta jerusalem johannesburg karachi kolkata kyoto lagos lahore leeds leicester lima
    lisbon liverpool london louisville lyon madrid manchester manhattan manila melbourne memphis
    miami milan milwaukee minneapolis montreal moscow mumbai munich nairobi naples nashville
    newark oakland omaha orlando osaka oslo ottawa oxford paris philadelphia phoenix pittsburgh
    portland prague queens raleigh richmond riyadh rome rotterdam sacramento seattle seoul
    shanghai sheffield singapore springfield stockholm sydney taipei tampa tehran tokyo toronto
    tucson tulsa turin vancouver venice vienna warsaw washington wellington winnipeg zurich nyc
    """.split()  # noqa: SIM905 - words read best as words
) | {
    "new york", "los angeles", "san francisco", "san diego", "san jose", "san antonio",
    "fort worth", "las vegas", "kansas city", "new orleans", "st louis", "salt lake", "hong kong",
    "sao paulo",
    "buenos aires", "mexico city", "cape town", "tel aviv", "long beach", "el paso", "santa clara",
    "st paul", "palo alto", "santa fe", "des moines", "kuala lumpur", "new haven",
    "san fran", "new delhi", "rio de",
}  # fmt: skip

STATES = (
    "A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]"
    "|T[NX]|UT|V[TA]|W[AVIY]"
)
