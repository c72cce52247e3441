# Public sets of what has broken other programs, in the folder CORPORA.  More
# with them is in bad.bats, intake.bats, html.bats and md-pdf.bats.

load helper

# bats test_tags=corpora
@test "JSONTestSuite as records: each line is refused, with a reason that is true" {
	corpora json/test_parsing
	"$PYTHON" "$TESTS/torture.py" lines "$CORPORA/json/test_parsing"
}

# bats test_tags=corpora
@test "JSONTestSuite as methods, maps and scans" {
	corpora json/test_parsing
	"$PYTHON" "$TESTS/torture.py" whole "$CORPORA/json/test_parsing"
}

# bats test_tags=corpora
@test "what JSON leaves open is what risk-record(5) says" {
	corpora json/test_parsing
	"$PYTHON" "$TESTS/torture.py" open "$CORPORA/json/test_parsing"
}

# bats test_tags=corpora
@test "naughty strings in a spreadsheet come out in the document" {
	corpora strings
	"$PYTHON" "$TESTS/torture.py" cells "$CORPORA/strings/blns.txt"
}

# bats test_tags=corpora
@test "the cells of csv-spectrum come out in the document" {
	corpora csv/csv-spectrum
	"$PYTHON" "$TESTS/torture.py" cells "$CORPORA"/csv/csv-spectrum/csvs/*.csv
}
