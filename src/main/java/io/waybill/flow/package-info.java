/**
 * The steps that {@code routes/flow} calls: receive, read, publish, commit, claim, settle. Routes decide, Java commits.
 * Enter at the beans named in {@code routes/flow}; {@link io.waybill.flow.Routes} is how the steps reach the routes.
 */
@org.jspecify.annotations.NullMarked
package io.waybill.flow;
