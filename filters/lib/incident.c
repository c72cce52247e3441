#include <string.h>

#include "day.h"
#include "incident.h"

const char *const incident_faults[INCIDENT_FAULTS][2] = {
    [DETECTED_BEFORE_DATE] = {"发现时间早于发生日期",
	"detected before the day it happened"},
    [RESOLVED_BEFORE_DATE] = {"解决时间早于发生日期",
	"resolved before the day it happened"},
    [RESOLVED_BEFORE_DETECTED] = {"解决时间早于发现时间",
	"resolved before it was detected"},
    [ENDED_WITHOUT_TIME] = {"处理状态为已解决或者已关闭，但没有解决时间",
	"resolved or closed, but has no time of resolution"},
};

static bool
is_there(const char *text)
{
	return text != NULL && *text != '\0';
}

static bool
says_open(const struct incident *i)
{
	return is_there(i->status) && strcmp(i->status, "open") == 0;
}

bool
incident_has(const struct incident *i, enum incident_fault fault)
{
	switch (fault) {
	case DETECTED_BEFORE_DATE:
		return is_there(i->detected) &&
		       day_read(i->detected) < day_read(i->date);
	case RESOLVED_BEFORE_DATE:
		return is_there(i->resolved) &&
		       day_read(i->resolved) < day_read(i->date);
	case RESOLVED_BEFORE_DETECTED:
		return is_there(i->detected) && is_there(i->resolved) &&
		       day_seconds(i->resolved) < day_seconds(i->detected);
	case ENDED_WITHOUT_TIME:
		return is_there(i->status) && !says_open(i) &&
		       !is_there(i->resolved);
	case INCIDENT_FAULTS:
		break;
	}
	return false;
}

bool
incident_is_open(const struct incident *i)
{
	return is_there(i->status) ? says_open(i) : !is_there(i->resolved);
}

static bool
is_in_order(const struct incident *i)
{
	return !incident_has(i, DETECTED_BEFORE_DATE) &&
	       !incident_has(i, RESOLVED_BEFORE_DATE) &&
	       !incident_has(i, RESOLVED_BEFORE_DETECTED);
}

long
incident_days_to_detect(const struct incident *i)
{
	if (!is_there(i->detected) || !is_in_order(i))
		return -1;
	return day_read(i->detected) - day_read(i->date);
}

long
incident_seconds_to_resolve(const struct incident *i)
{
	if (!is_there(i->detected) || !is_there(i->resolved) || !is_in_order(i))
		return -1;
	return day_seconds(i->resolved) - day_seconds(i->detected);
}
