// simdjson, one line after another as they are read.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <unistd.h>
#include <unordered_map>
#include <vector>

using simdjson::ondemand::object;

static std::unordered_map<std::string, int> assets, threats;
static std::string out;

static int
grade(int n)
{
	return (n + 4) / 5;
}

static int
integer(object &r, const char *key)
{
	return static_cast<int>(int64_t(r[key]));
}

// An id between its quotes, escapes and all.
static std::string
raw(simdjson::ondemand::value v)
{
	std::string_view token = v.raw_json_token();

	return std::string(token.substr(1, token.rfind('"') - 1));
}

static void
write_risk(const std::string &asset, const std::string &threat,
    const std::string &vulnerability, int s)
{
	int a = assets.at(asset), f = threats.at(threat);
	int likelihood = grade(f * s), loss = grade(a * s);
	int level = grade(likelihood * loss), n;
	char numbers[320];

	out += "{\"type\":\"risk\",\"id\":\"" + asset + "/" + threat + "/" +
	    vulnerability + "\",\"asset\":\"" + asset + "\",\"threat\":\"" +
	    threat + "\",\"vulnerability\":\"" + vulnerability;
	n = snprintf(numbers, sizeof numbers,
	    "\",\"asset_level\":%d,\"frequency_level\":%d,"
	    "\"severity_level\":%d,\"likelihood_score\":%d,"
	    "\"likelihood_level\":%d,\"loss_score\":%d,\"loss_level\":%d,"
	    "\"score\":%d,\"level\":%d,\"acceptable\":%s}\n",
	    a, f, s, f * s, likelihood, a * s, loss, likelihood * loss, level,
	    level <= 3 ? "true" : "false");
	out.append(numbers, static_cast<size_t>(n));
}

static void
take(object r)
{
	std::string_view type = r["type"];

	if (type == "asset") {
		std::string id = raw(r["id"]);
		assets[id] = integer(r, "value_level");
	} else if (type == "threat") {
		std::string id = raw(r["id"]);
		threats[id] = integer(r, "frequency_level");
	} else if (type == "vulnerability") {
		std::string id = raw(r["id"]), asset = raw(r["asset"]);
		static std::vector<std::string> met;
		met.clear();
		for (auto threat : r["threats"].get_array())
			met.push_back(raw(threat.value()));
		int severity = integer(r, "severity_level");
		for (const std::string &threat : met)
			write_risk(asset, threat, id, severity);
	}
}

static void
flush()
{
	if (fwrite(out.data(), 1, out.size(), stdout) != out.size())
		exit(EXIT_FAILURE);
	out.clear();
}

int
main()
{
	static char block[(1 << 20) + simdjson::SIMDJSON_PADDING];
	const size_t size = 1 << 20;
	simdjson::ondemand::parser parser;
	size_t held = 0;
	ssize_t n;

	while ((n = read(0, block + held, size - held)) > 0) {
		char *line = block, *end = block + held + n, *newline;
		while ((newline = static_cast<char *>(memchr(line, '\n',
			    static_cast<size_t>(end - line)))) != nullptr) {
			size_t length = static_cast<size_t>(newline - line);
			auto document = parser.iterate(
			    line, length, length + simdjson::SIMDJSON_PADDING);
			take(document.get_object());
			line = newline + 1;
		}
		held = static_cast<size_t>(end - line);
		memmove(block, line, held);
		flush();
	}
	return n < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
