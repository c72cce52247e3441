# Base scores of CVSS vectors, against cvss.py and what was published.

load helper

# vectors MODE...: vuln-rate makes of the oracle's input what it says.
vectors() {
	"$PYTHON" "$TESTS/cvss.py" "$@"
	quietly vuln-rate in
	same want out
}

# vulnerability FIELDS: one with these fields besides those it must have.
vulnerability() {
	jq -cn "{type: \"vulnerability\", id: \"V1\", name: \"n\", asset: \"A1\",
		threats: [\"T1\"]} + {$1}"
}

# refuses FIELDS WHAT: such a vulnerability is refused, for this reason.
refuses() {
	vulnerability "$1" >in
	gives 1 vuln-rate in
	says "vuln-rate: in:1: $2"
	jq -e '.type == "refused"' out
}

# wrong VECTOR WHAT: a vulnerability with this vector alone is refused.
wrong() {
	refuses "cvss_vector: \"$1\"" "cvss_vector: $2"
}

@test "every base vector of 2.0, 3.0, 3.1 and 4.0, however it is spelt" {
	vectors domain
	[ "$(wc -l <in)" -eq $((729 + 2592 + 2592 + 104976)) ]
}

@test "what was published" {
	cat >published <<'END'
# https://www.first.org/cvss/v2/guide, 3.3
7.8 AV:N/AC:L/Au:N/C:N/I:N/A:C CVE-2002-0392
7.8 AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H
10.0 AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C CVE-2003-0818
6.2 AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C CVE-2003-0062
# https://www.first.org/cvss/v3.0/examples, the scores of 2.0 there
5.5 AV:N/AC:L/Au:S/C:P/I:P/A:N CVE-2013-0375
4.3 AV:N/AC:M/Au:N/C:P/I:N/A:N CVE-2014-3566
9.0 AV:N/AC:L/Au:S/C:C/I:C/A:C CVE-2012-1516
4.6 AV:L/AC:L/Au:N/C:P/I:P/A:P CVE-2009-0783
8.5 AV:N/AC:M/Au:S/C:C/I:C/A:C CVE-2012-0384
6.8 AV:N/AC:M/Au:N/C:P/I:P/A:P CVE-2015-1098
5.0 AV:N/AC:L/Au:N/C:P/I:N/A:N CVE-2014-0160
10.0 AV:N/AC:L/Au:N/C:C/I:C/A:C CVE-2014-6271
5.0 AV:N/AC:L/Au:N/C:N/I:P/A:N CVE-2008-1447
6.9 AV:L/AC:M/Au:N/C:C/I:C/A:C CVE-2014-2005
6.1 AV:A/AC:L/Au:N/C:N/I:C/A:N CVE-2013-6014
4.3 AV:N/AC:M/Au:N/C:N/I:P/A:N CVE-2014-9253
9.3 AV:N/AC:M/Au:N/C:C/I:C/A:C CVE-2009-0658
# https://www.first.org/cvss/v3.0/examples
6.1 CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N CVE-2013-1937
6.4 CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N CVE-2013-0375
3.1 CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N CVE-2014-3566
9.9 CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H CVE-2012-1516
8.8 CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H CVE-2012-0384
6.8 CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N CVE-2008-1447
5.8 CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:N CVE-2012-1342
9.3 CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H CVE-2013-6014
5.4 CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N CVE-2014-9253
# https://github.com/CVEProject/cvelistV5, cvssV3_0 of these records
9.8 CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H CVE-2023-0310
7.3 CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L CVE-2022-3766
8.1 CVSS:3.0/AV:N/AC:L/PR:H/UI:R/S:C/C:H/I:H/A:N CVE-2023-1757
4.4 CVSS:3.0/AV:L/AC:L/PR:H/UI:N/S:U/C:N/I:H/A:N CVE-2023-0677
# https://www.first.org/cvss/v3.1/examples
6.4 CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N CVE-2013-0375
3.1 CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N CVE-2014-3566
9.9 CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H CVE-2012-1516
4.2 CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L CVE-2009-0783
7.2 CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H CVE-2012-0384
7.8 CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H CVE-2015-1098
7.5 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N CVE-2014-0160
9.8 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H CVE-2014-6271
6.8 CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N CVE-2008-1447
6.8 CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H CVE-2014-2005
5.8 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N CVE-2010-0467
9.3 CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H CVE-2013-6014
9.0 CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:H CVE-2019-7551
8.8 CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H CVE-2011-1265
4.6 CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N CVE-2014-2019
8.8 CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H CVE-2015-0970
# https://nvd.nist.gov/vuln/detail/CVE-2020-0601
8.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:N CVE-2020-0601
# https://www.first.org/cvss/v4-0/examples
7.3 CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N CVE-2022-41741
7.7 CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N CVE-2020-3549
7.7 CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U
8.3 CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N CVE-2023-3089
8.3 CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L
4.6 CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N CVE-2021-44714
5.1 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N CVE-2022-21830
6.9 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N CVE-2022-22186
5.9 CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N CVE-2023-21989
9.4 CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H CVE-2020-3947
9.3 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:N/SC:H/SI:H/SA:H CVE-2023-48228
8.3 CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N/S:P/V:D CVE-2023-30560
8.7 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A CVE-2014-0160
9.3 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A CVE-2014-6271
6.4 CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:H/SI:N/SA:H CVE-2013-6014
8.4 CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/R:I CVE-2016-5729
8.7 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:L
8.7 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/V:C
8.3 CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N
8.6 CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N/S:P
8.6 CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:N/MSI:S/S:P
6.4 CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:N/VA:N/SC:H/SI:L/SA:H
10.0 CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H
8.5 CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N
7.1 CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N
END
	vectors pairs published
	[ "$(wc -l <in)" -ge 70 ]
}

# bats test_tags=corpora
@test "what scanners' files say" {
	corpora scanners
	vectors corpora "$CORPORA/scanners"
	[ "$(wc -l <in)" -ge 140 ]
}

@test "the first of severity, cvss, vector and word counts" {
	local vector='cvss_vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"'
	local basis='[.inherent_severity, .cvss, .cvss_version, .severity_basis]'
	{
		vulnerability "$vector, severity: 2, severity_word: \"low\""
		vulnerability "$vector, cvss: 4.5, severity_word: \"low\""
		vulnerability "$vector, severity_word: \"low\""
		vulnerability "cvss_vector: \"no vector\", severity: 2"
		vulnerability "cvss_vector: \"no vector\", cvss: 4.5"
	} >in
	quietly vuln-rate in
	jq -c "$basis" out >found
	cat >wanted <<'END'
[2,null,null,"assessor"]
[3,4.5,null,"cvss"]
[5,9.8,"3.1","cvss-3.1"]
[2,null,null,"assessor"]
[3,4.5,null,"cvss"]
END
	same wanted found
}

@test "rated twice is rated once" {
	vulnerability 'cvss_vector: "CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P"' >in
	quietly vuln-rate in
	mv out once
	quietly vuln-rate once
	same once out
	grep -F '"cvss":7.5,"cvss_version":"2.0","inherent_severity":4,' out
}

@test "the version is said once, and nothing else is said" {
	local three='AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
	wrong $three 'of CVSS 3.0 or 3.1, and nothing says of which'
	refuses "cvss_vector: \"CVSS:3.0/$three\", cvss_version: \"3.1\"" \
		'cvss_vector: of CVSS 3.0, not of 3.1'
	refuses "cvss_vector: \"CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P\", cvss_version: \"3.0\"" \
		'cvss_vector: of CVSS 2.0, not of 3.0'
	refuses "cvss_vector: \"$three\", cvss_version: \"2.0\"" \
		"cvss_vector: no such metric, 'PR'"
	wrong CVSS:3.2/$three "not of CVSS 2.0, 3.0, 3.1 or 4.0, 'CVSS:3.2/AV:N/AC:L/P...'"
	wrong cvss:3.1/$three "not of CVSS 2.0, 3.0, 3.1 or 4.0, 'cvss:3.1/AV:N/AC:L/P...'"
	wrong CVSS "not of CVSS 2.0, 3.0, 3.1 or 4.0, 'CVSS'"
	vulnerability "cvss_vector: \"AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H\"" >in
	quietly vuln-rate in
	jq -e '.cvss == 10 and .cvss_version == "4.0"' out
}

@test "a vector that does not hold is refused" {
	local begin=CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H
	wrong $begin 'metric A is missing'
	wrong $begin/A:H/AV:N 'metric AV twice'
	wrong $begin/A:H/E:U/E:U 'metric E twice'
	wrong $begin/A:C "no such value, 'A:C'"
	wrong $begin/A:h "no such value, 'A:h'"
	wrong $begin/a:H "no such metric, 'a'"
	wrong $begin/A:HH "no such value, 'A:HH'"
	wrong $begin/A:H:L "no such value, 'A:H:L'"
	wrong "$begin/A:H L" "no such value, 'A:H L'"
	wrong "$begin/A: " "no such value, 'A: '"
	wrong $begin/A: "no such value, 'A:'"
	wrong $begin/A "not a metric and a value, 'A'"
	wrong $begin/:H "no such metric, ''"
	wrong $begin/A:H/ 'an empty metric'
	wrong $begin//A:H 'an empty metric'
	wrong CVSS:3.1/ 'an empty metric'
	wrong $begin/A:H/Au:N "no such metric, 'Au'"
	wrong $begin/A:H/MSI:S "no such metric, 'MSI'"
	wrong $begin/A:H/RL:OF "no such value, 'RL:OF'"
	wrong "($begin/A:H" "not a CVSS vector, '(CVSS:3.1/AV:N/AC:L/...'"
	wrong "$begin/A:H)" "no such value, 'A:H)'"
	wrong "()" "not a CVSS vector, ''"
	wrong critical "not a CVSS vector, 'critical'"
	wrong "7.5" "not a CVSS vector, '7.5'"
	wrong " $begin/A:H" "not a CVSS vector, ' CVSS:3.1/AV:N/AC:L/...'"
	wrong AV:N/AC:L/Au:N/C:P/I:P 'metric A is missing'
	wrong AV:N/AC:L/Au:N/C:P/I:P/A:H "no such value, 'A:H'"
	wrong CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:S/SI:H/SA:H "no such value, 'SC:S'"
	wrong CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/U:red "no such value, 'U:red'"
	wrong '漏洞漏洞漏洞漏洞' "not a CVSS vector, '漏洞漏洞漏洞...'"
	wrong "$begin/A:\\u0001\\n" "no such value, 'A:\\x01\\x0a'"
	wrong "$begin/\\u0007A:H" "no such metric, '\\x07A'"
}

@test "a long vector is refused, in few words" {
	wrong "CVSS:3.1/$(printf '漏%.0s' {1..400})" "not a metric and a value, '漏漏漏漏漏漏...'"
	vulnerability 'cvss_vector: ("CVSS:3.1/" + "AV:N/" * 2000)' >in
	gives 1 vuln-rate in
	says 'vuln-rate: in:1: cvss_vector: 10009 characters, 500 are allowed'
	[ "$(wc -c <err)" -lt 200 ]
}
