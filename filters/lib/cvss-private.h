#ifndef CVSS_PRIVATE_H
#define CVSS_PRIVATE_H

/*
 * What cvss.c, which reads vectors, asks of cvss-equations.c: scores in tenths,
 * of the base metrics in the order of these enumerations.  Each value is its
 * place in the list that cvss.c has of the metric's values.
 *
 * All is counted in whole numbers, so that no score hangs on how a processor
 * rounds.
 */

enum { AV2, AC2, AU2, C2, I2, A2, METRICS2 };
enum { AV3, AC3, PR3, UI3, S3, C3, I3, A3, METRICS3 };
enum { AV4, AC4, AT4, PR4, UI4, VC4, VI4, VA4, SC4, SI4, SA4, METRICS4 };

int cvss_base_20(const int values[METRICS2]);
int cvss_base_30(const int values[METRICS3]);
int cvss_base_31(const int values[METRICS3]);
int cvss_base_40(const int values[METRICS4]);

#endif
