package macroscope.search;

import java.util.Optional;

/**
 * The optimum of an integer program.
 *
 * @param budget what the cost was to be at most, in the unit of the cost
 * @param allocation the optimum
 * @param cost of the allocation, as the sum over its layers
 * @param loss of the allocation, as the sum over its layers
 * @param enumerated least loss of all allocations within the budget, where they were few enough to look
 *     at each
 */
public record ProgramResult(
    double budget, Allocation allocation, double cost, double loss, Optional<Double> enumerated) {}
