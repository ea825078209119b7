/**
 * Rules: what ops say under {@code routes/rules/<channel>.yaml}, read whole or refused with every mistake at once, then
 * asked for decisions. Enter at {@link io.waybill.rule.RuleSet}; {@link io.waybill.rule.FieldCatalogue} lists what
 * conditions may look at. Pure functions over {@link io.waybill.order}: no clock, no I/O, the same answer every time.
 * That conditions run as CEL stays hidden in here.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.rule;
