# Vulnerabilities rated, against oracle.py over whole domains.

load helper

@test "severities: CVSS by tenths, words, assessors, measures" {
	check weaknesses vuln-rate
}
