/*
 * Writes the records of the measurements: the same bytes on every machine.
 *
 *     generate [-c] [-a assets] [-t threats] format type count
 *
 * format is jsonl, csv or tsv; type is asset, threat or vulnerability.  As
 * JSON Lines and TSV a record has also what asset-value, threat-rate and
 * vuln-rate add, as CSV only what people fill in, in Chinese.  Each record
 * depends on its number alone, so that all formats hold the same data.  With
 * -c one vulnerability in a hundred has another severity.
 */

#include <err.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum kind { TEXT, LIST, NUMBER };

/* heading: NULL where a program adds the field. */
struct field {
	const char *key, *heading;
	enum kind kind;
};

/* A value in JSON and TSV, and in CSV where that is another. */
struct value {
	const char *word, *label;
};

struct type {
	const char *name;
	const struct field *fields;
	void (*make)(uint64_t, struct value *);
};

static uint64_t state, n_assets = 20000, n_threats = 2000;
static bool changed; /* -c */

/* 0 to limit - 1; splitmix64. */
static size_t
draw(uint64_t limit)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	z ^= z >> 31;
	return (size_t)(((z >> 32) * limit) >> 32);
}

#define DRAW(list) list[draw(sizeof(list) / sizeof *(list))]

/* Text made for one record, until the next. */
static char made[4096];
static size_t n_made;

__attribute__((format(printf, 1, 2))) static struct value
make(const char *format, ...)
{
	struct value v = {made + n_made, NULL};
	va_list arguments;

	va_start(arguments, format);
	n_made += (size_t)vsnprintf(
		      made + n_made, sizeof made - n_made, format, arguments) +
		  1;
	va_end(arguments);
	return v;
}

static struct value
level(uint64_t n)
{
	static const char *const digits[] = {"1", "2", "3", "4", "5"};

	return (struct value){digits[n - 1], NULL};
}

static const struct field asset_fields[] = {{"id", "资产编号", TEXT},
    {"name", "资产名称", TEXT}, {"category", "资产类别", TEXT},
    {"department", "所属部门", TEXT}, {"confidentiality", "机密性", NUMBER},
    {"integrity", "完整性", NUMBER}, {"availability", "可用性", NUMBER},
    {"value", NULL, NUMBER}, {"value_level", NULL, NUMBER},
    {"value_basis", NULL, TEXT}, {NULL, NULL, TEXT}};

static void
make_asset(uint64_t n, struct value *v)
{
	static const struct value categories[] = {
	    {"network-device", "网络设备"}, {"security-device", "网络安全设备"},
	    {"terminal", "终端"}, {"server", "服务器"}, {"database", "数据库"},
	    {"application", "业务软件"}, {"data", "数据"}};
	static const char *const departments[] = {"调度自动化部", "信息通信部",
	    "网络安全部", "运维服务部", "电量计量部", "综合管理部"};
	struct value category = DRAW(categories);
	uint64_t c = draw(5) + 1, i = draw(5) + 1, a = draw(5) + 1;
	uint64_t tenths = (20 * (c + i + a) + 3) / 6;

	v[0] = make("A%" PRIu64, n);
	v[1] = make("%s%" PRIu64, category.label, n);
	v[2] = category;
	v[3].word = DRAW(departments);
	v[4] = level(c);
	v[5] = level(i);
	v[6] = level(a);
	v[7] = make("%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
	v[8] = level((tenths + 4) / 10); /* 1.5 is level 1, 1.6 level 2 */
	v[9].word = "computed";
}

static const struct field threat_fields[] = {{"id", "威胁编号", TEXT},
    {"name", "威胁名称", TEXT}, {"source", "威胁主体", TEXT},
    {"access", "威胁途径", TEXT}, {"manner", "威胁方式", TEXT},
    {"frequency", "威胁频率", NUMBER}, {"frequency_level", NULL, NUMBER},
    {"frequency_basis", NULL, TEXT}, {NULL, NULL, TEXT}};

static void
make_threat(uint64_t n, struct value *v)
{
	static const struct value manners[] = {{"virus", "传播计算机病毒"},
	    {"scanning", "扫描监听"}, {"network-attack", "网络攻击"},
	    {"privilege-abuse", "越权或滥用"}, {"repudiation", "行为抵赖"}};
	static const struct value sources[] = {
	    {"malicious", "恶意"}, {"non-malicious", "非恶意"}};
	static const struct value accesses[] = {
	    {"direct", "直接接触"}, {"indirect", "间接接触"}};
	struct value manner = DRAW(manners);

	v[0] = make("T%" PRIu64, n);
	v[1] = make("%s%" PRIu64, manner.label, n);
	v[2] = DRAW(sources);
	v[3] = DRAW(accesses);
	v[4] = manner;
	v[5] = v[6] = level(draw(5) + 1);
	v[7].word = "assessor";
}

static const struct field vulnerability_fields[] = {{"id", "脆弱性编号", TEXT},
    {"name", "脆弱性名称", TEXT}, {"asset", "资产编号", TEXT},
    {"threats", "威胁编号", LIST}, {"category", "脆弱性类别", TEXT},
    {"domain", "测评内容", TEXT}, {"methods", "测评方式", LIST},
    {"severity", "严重程度", NUMBER}, {"inherent_severity", NULL, NUMBER},
    {"severity_level", NULL, NUMBER}, {"severity_basis", NULL, TEXT},
    {NULL, NULL, TEXT}};

static void
make_vulnerability(uint64_t n, struct value *v)
{
	static const char *const things[] = {"管理平面", "操作系统", "数据库",
	    "远程维护端口", "备份介质", "门禁", "审计日志", "无线接入"};
	static const char *const faults[] = {"口令过于简单", "补丁未及时安装",
	    "未限制来源地址", "无定期检查记录", "配置与备案不一致",
	    "超过维保期限", "以明文传输", "权限未按岗位划分"};
	static const struct value categories[] = {{"software", "软件"},
	    {"hardware", "硬件"}, {"management", "管理"}, {"personnel", "人员"},
	    {"communication", "通讯设施"}};
	static const struct value domains[] = {{"management", "管理测评"},
	    {"network", "网络状况测评"}, {"network-device", "网络设备测评"},
	    {"host", "主机设备测评"}, {"application", "应用系统测评"}};
	static const struct value methods[] = {{"interview", "访谈"},
	    {"verification", "验证"}, {"observation", "观察现场"},
	    {"document-review", "文档审核"},
	    {"vulnerability-scan", "漏洞扫描"}};
	const char *thing = DRAW(things);
	uint64_t severity;

	v[0] = make("V%" PRIu64, n);
	v[1] = make("%s%s", thing, DRAW(faults));
	v[2] = make("A%zu", draw(n_assets) + 1);
	v[3] = make("T%zu", draw(n_threats) + 1);
	v[4] = DRAW(categories);
	v[5] = DRAW(domains);
	v[6] = DRAW(methods);
	severity = draw(5) + 1;
	if (changed && n % 100 == 0)
		severity = severity % 5 + 1;
	v[7] = v[8] = v[9] = level(severity);
	v[10].word = "assessor";
}

static const struct type types[] = {{"asset", asset_fields, make_asset},
    {"threat", threat_fields, make_threat},
    {"vulnerability", vulnerability_fields, make_vulnerability}};

static void
write_jsonl(const struct type *type, const struct value *v)
{
	static const char *const before[] = {"\"", "[\"", ""};
	static const char *const after[] = {"\"", "\"]", ""};
	const struct field *f;

	printf("{\"type\":\"%s\"", type->name);
	for (f = type->fields; f->key != NULL; f++, v++)
		printf(",\"%s\":%s%s%s", f->key, before[f->kind], v->word,
		    after[f->kind]);
	puts("}");
}

static void
write_tsv(const struct type *type, const struct value *v)
{
	const struct field *f;

	fputs(type->name, stdout);
	for (f = type->fields; f->key != NULL; f++, v++)
		printf("\t%s", v->word);
	putchar('\n');
}

/* A row; without values that of the headings. */
static void
write_csv(const struct type *type, const struct value *v)
{
	const struct field *f;

	for (f = type->fields; f->heading != NULL; f++) {
		if (f != type->fields)
			putchar(',');
		if (v == NULL)
			fputs(f->heading, stdout);
		else
			fputs(v->label != NULL ? v->label : v->word, stdout);
		v += v != NULL;
	}
	putchar('\n');
}

struct format {
	const char *name;
	void (*write)(const struct type *, const struct value *);
};

static const struct format formats[] = {
    {"jsonl", write_jsonl}, {"csv", write_csv}, {"tsv", write_tsv}};

static void
usage(void)
{
	fputs("usage: generate [-c] [-a assets] [-t threats] format type "
	      "count\n",
	    stderr);
	exit(EXIT_FAILURE);
}

static uint64_t
count(const char *digits)
{
	char *end;
	uint64_t n = strtoull(digits, &end, 10);

	if (n == 0 || *end != '\0')
		errx(EXIT_FAILURE, "not a count, '%s'", digits);
	return n;
}

int
main(int argc, char *argv[])
{
	struct value values[16];
	const struct format *format;
	const struct type *type;
	uint64_t n, last;
	int option;

	while ((option = getopt(argc, argv, "a:ct:")) != -1)
		if (option == 'a')
			n_assets = count(optarg);
		else if (option == 't')
			n_threats = count(optarg);
		else if (option == 'c')
			changed = true;
		else
			usage();
	argv += optind;
	if (argc - optind != 3)
		usage();
	for (format = formats; strcmp(format->name, argv[0]) != 0; format++)
		if (format == &formats[2])
			usage();
	for (type = types; strcmp(type->name, argv[1]) != 0; type++)
		if (type == &types[2])
			usage();
	last = count(argv[2]);
	if (format->write == write_csv)
		write_csv(type, NULL);
	for (n = 1; n <= last; n++) {
		state = (uint64_t)(type - types) << 60 | n << 8;
		n_made = 0;
		memset(values, 0, sizeof values);
		type->make(n, values);
		format->write(type, values);
	}
	if (fflush(stdout) != 0 || ferror(stdout))
		err(EXIT_FAILURE, "<stdout>");
	return EXIT_SUCCESS;
}
