#ifndef CHANGE_PRIVATE_H
#define CHANGE_PRIVATE_H

#include "change.h"

/* The number of a method by its id, entered where it is new. */
uint8_t change_method(const char *id);
const char *change_method_id(uint8_t number);
/* The method itself, NULL where it is not at hand. */
const struct method *change_method_of(uint8_t number);

/* The effectiveness of measures that a number in a state stands for. */
const char *change_measure(uint8_t number);

/* A score of a method in hundredths, and such a one as that method shows it. */
int32_t change_hundredths(const struct method *, int score);
void change_put_score(
    struct buf *, const char *name, const struct method *, int32_t hundredths);

/* The inputs of a risk. */
struct risk_inputs change_inputs(const struct risk_state *);
/* What a method makes of them; false where it is NULL, or has no such level. */
bool change_compute(
    const struct method *, const struct risk_inputs *, struct risk_steps *);

/* More than 0 where the risk is higher after, less where it is lower. */
int change_way(const struct risk_state *before, const struct risk_state *after);

/* Appends the list of causes. */
void change_write_causes(struct buf *, const struct change *);

#endif
