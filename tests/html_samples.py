# ruff: noqa: E501 - lines of markup as servers send them
"""Pages built as the sites of ministries and agencies build theirs, with invented words."""

READOUT = (
    "The Minister of Defence of Marland received the Secretary of State of Ostria in the capital on Tuesday.",
    "They reviewed the agreement on patrol aircraft, which was signed last year, and welcomed four new radars.",
    "The Secretary said that the co-production of engines will begin before the end of the year.",
    "Both sides agreed to meet again in the autumn, and to invite the navies of their neighbours to an exercise.",
)
PARAGRAPHS = "\n".join(f"<p>{paragraph}</p>" for paragraph in READOUT)
TEXT = "\n".join(READOUT)
TEASERS = """<section class="related-posts"><h2>Related</h2>
<article class="teaser"><h3><a href="/a">Minister opens a school</a></h3><p>The school for pilots is open.</p></article>
<article class="teaser"><h3><a href="/b">Visit to the harbour</a></h3><p>The harbour has a new pier.</p></article>
</section>"""

BLOCK_EDITOR = f"""<!doctype html><html lang="en-US"><head><meta charset="utf-8">
<title>Readout of the Meeting With Ostria &#8211; The Palace</title>
<link rel="canonical" href="https://palace.example.org/briefings/2025/07/readout-ostria/">
<meta property="og:site_name" content="The Palace"><meta property="og:title" content="Readout of the Meeting With Ostria">
<meta property="article:published_time" content="2025-07-02T01:10:00+00:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[
{{"@type":"WebPage","@id":"https://palace.example.org/briefings/2025/07/readout-ostria/",
"name":"Readout of the Meeting With Ostria","datePublished":"2025-07-02T01:10:00+00:00","inLanguage":"en-US"}},
{{"@type":"WebSite","@id":"https://palace.example.org/#website","name":"The Palace"}}]}}</script></head>
<body><a class="skip-link screen-reader-text" href="#main">Skip to content</a>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav></header>
<main id="main"><div class="topper"><h1>Readout of the Meeting With Ostria</h1>
<div class="topper__meta"><a href="/briefings">Briefings</a> <time datetime="2025-07-01T21:10:00-04:00">July 1, 2025</time></div></div>
<div class="entry-content wp-block-post-content">{PARAGRAPHS}</div></main>
<footer><p>The Palace, 1 Palace Square</p></footer></body></html>"""

BUREAU = f"""<!doctype html><html lang="en-US"><head><title>Secretary&#8217;s Meeting With Marland - Department of State of Ostria</title>
<meta property="og:title" content="Secretary&#8217;s Meeting With Marland - Department of State of Ostria">
<meta property="og:url" content="https://state.example.org/secretarys-meeting-with-marland/">
<meta property="og:site_name" content="Department of State of Ostria"></head><body>
<div class="banner"><p>An official website of the government of Ostria. <button>Here's how you know</button></p></div>
<main><h1 class="featured-content__headline">Secretary&#8217;s Meeting With Marland</h1>
<p class="article-meta__doctype">Readout</p><p class="article-meta__author-bureau">Office of the Spokesperson</p>
<p class="article-meta__publish-date">July 1, 2025</p>
<div class="entry-content"><p>The following is attributable to the Spokesperson:</p>{PARAGRAPHS}</div></main>
<div class="tags"><h2>Tags</h2><a href="/t/1">Bureau of Neighbours</a></div></body></html>"""

GOVERNMENT_PORTAL = f"""<!doctype html><html lang="en" class="govuk-template"><head>
<title>Marland and Ostria sign radar arrangement - GOV.EX</title>
<link rel="canonical" href="https://www.gov.example.org/government/news/radar-arrangement">
<meta name="govuk:first-published-at" content="2025-07-01T09:00:00+01:00">
<meta name="govuk:public-updated-at" content="2025-07-04T09:00:00+01:00">
<script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle",
"mainEntityOfPage":{{"@type":"WebPage","@id":"https://www.gov.example.org/government/news/radar-arrangement"}},
"headline":"Marland and Ostria sign radar arrangement","datePublished":"2025-07-01T09:00:00+01:00",
"dateModified":"2025-07-04T09:00:00+01:00","author":{{"@type":"Organization","name":"Foreign Ministry of Marland"}},
"publisher":{{"@type":"Organization","name":"GOV.EX"}}}}</script></head><body>
<div id="global-cookie-message" class="gem-c-cookie-banner"><h2>Cookies on GOV.EX</h2>
<p>We use some essential cookies to make this website work.</p><button>Accept</button></div>
<main><h1>Marland and Ostria sign radar arrangement</h1>
<p class="lead">The arrangement opens the way to joint production.</p>
<div class="gem-c-metadata"><dl><dt>Published</dt><dd>1 July 2025</dd></dl></div>
<div class="govspeak">{PARAGRAPHS}
<table><caption>Radars</caption><thead><tr><th>Type</th><th>Number</th></tr></thead>
<tbody><tr><td>Coastal <b>rad</b>ar</td><td>12</td></tr><tr><td>Air radar</td><td>4</td></tr></tbody></table>
<span class="govuk-visually-hidden">(opens in a new tab)</span></div></main></body></html>"""

PRESIDENTIAL_EVENT = f"""<!doctype html><html lang="en"><head><title>Talks with Secretary of State of Ostria &bull; President of Marland</title>
<meta name="author" content="Administration of the President"></head><body>
<div class="hentry h-entry" itemscope itemtype="https://schema.org/NewsArticle">
<h1 class="entry-title p-name" itemprop="name">Talks with Secretary of State of Ostria</h1>
<div class="read__meta"><time class="read__published dt-published" datetime="2025-07-01" itemprop="datePublished">July 1, 2025</time>
<span class="read__time">16:40</span> <div class="read__place p-location"><i>The Old Palace, capital</i></div></div>
<div class="entry-content e-content" itemprop="articleBody">{PARAGRAPHS}</div></div></body></html>"""

DEFENCE_NOTICE = f"""<!doctype html><html><head><title>Ostria &gt; Marland &gt; Patrol Aircraft</title>
<meta property="og:title" content="Ostria – Patrol Aircraft"><meta property="og:site_name" content="Defence Export Agency">
<meta name="twitter:title" content="Ostria – Patrol Aircraft"><meta property="og:type" content="article">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ostria – Patrol Aircraft",
"datePublished":"2025-07-01T08:00:00-04:00","author":{{"@type":"Person","name":"webmaster"}}}}</script></head>
<body><form id="Form" method="post"><input type="hidden" name="__VIEWSTATE" value="dDw">
<div class="menu"><ul><li><a href="/1">Home</a></li></ul></div>
<div class="adetail"><h1 class="maintitle">Ostria – Patrol Aircraft</h1><span class="date">July 1, 2025</span>
<div class="body"><p>CAPITAL, July 1, 2025 - The ministry has approved a possible sale to Ostria.&nbsp;</p>{PARAGRAPHS}</div></div>
</form></body></html>"""

OLD_MINISTRY = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">
<title>MOFX: Meeting of the Foreign Ministers</title></head><body bgcolor="#ffffff">
<table width="100%"><tr><td width="150"><a href="/">Home</a><br><a href="/list">Press Releases</a></td>
<td><h2>Meeting of the Foreign Ministers</h2><p align="right">July 1, 2025</p>{}</td></tr></table></body></html>""".replace(
    "{}", PARAGRAPHS
)

BRIEFINGS = f"""<html lang="en"><head><title>Press statements of the week - Foreign Ministry</title></head><body><main>
<h1>Press statements of the week</h1>
<article id="ps-41"><h2><a href="/statements/41">Meeting With Ostria</a></h2><time datetime="2025-07-01">1 July 2025</time>
{PARAGRAPHS}</article>
<article id="ps-42"><h2>Call With Nordia</h2><time datetime="2025-07-03">3 July 2025</time>
{PARAGRAPHS.replace("Ostria", "Nordia")}</article></main></body></html>"""

NOTICES = f"""<html lang="en"><head><title>Notices of arms sales - Register</title>
<link rel="canonical" href="https://register.example.org/notices/7"></head><body><main>
<h1>Notices of arms sales</h1><p>Notices that the agency sent this month.</p>
<ul><li><a href="#n17">99-17</a></li><li><a href="#n18">99-18</a></li></ul>
<h2 id="n17">Transmittal No. 99-17: Ostria</h2>{PARAGRAPHS}
<h2 id="n18">Transmittal No. 99-18: Nordia</h2>{PARAGRAPHS.replace("Ostria", "Nordia")}</main></body></html>"""

CHAPTERS = f"""<html lang="en"><head><title>Joint Statement of Marland and Ostria</title></head><body><main><article>
<h1>Joint Statement of Marland and Ostria</h1><ul><li><a href="#defence">Defence</a></li><li><a href="#trade">Trade</a></li></ul>
<h2 id="defence">Defence</h2>{PARAGRAPHS}<h2 id="trade">Trade</h2>{PARAGRAPHS.replace("aircraft", "grain")}
</article></main>{TEASERS}</body></html>"""
