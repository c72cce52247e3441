#ifndef STATUS_H
#define STATUS_H

/* Exit statuses of every program. */
enum {
	DONE = 0,    /* every record was handled */
	REFUSED = 1, /* at least one record was refused */
	TROUBLE = 2  /* usage, file, memory or write error */
};

#endif
