// Sum of two numbers of the logarithmic number system: the larger logarithm, and what a table of
// Gaussian logarithms has for how far the other lies below it. Equal numbers of both signs make zero.
// Not for NaN.
module lns_add #(
  parameter BITS            = 8,
  // Low bits of the distance that the tables are not read by.
  parameter CUT             = 0,
  // log2(1 + 2^-d), and -log2(1 - 2^-d): beyond their entries all are 0.
  parameter SUMS            = 1,
  parameter SUM_BITS        = 4,
  parameter DIFFERENCES     = 1,
  parameter DIFFERENCE_BITS = 4,
  parameter [SUMS*SUM_BITS-1:0]               SUM_TABLE        = 0,
  parameter [DIFFERENCES*DIFFERENCE_BITS-1:0] DIFFERENCE_TABLE = 0
) (
  input  [BITS-1:0] x,
  input  [BITS-1:0] y,
  output [BITS-1:0] sum
);
  localparam WIDE = (BITS > DIFFERENCE_BITS + 1 ? BITS : DIFFERENCE_BITS + 1) + 1;
  localparam [BITS-1:0] ZERO = {2'b01, {(BITS - 2){1'b0}}};

  // Two's complement of BITS bits holds the difference of two logarithms.
  wire [BITS-1:0] x_logarithm;
  wire [BITS-1:0] y_logarithm;
  resize #(.FROM(BITS - 1), .TO(BITS), .SIGNED(1)) widen_x (
    .number(x[BITS-2:0]), .resized(x_logarithm));
  resize #(.FROM(BITS - 1), .TO(BITS), .SIGNED(1)) widen_y (
    .number(y[BITS-2:0]), .resized(y_logarithm));
  wire [BITS-1:0] difference = x_logarithm - y_logarithm;
  wire            y_larger   = difference[BITS-1];
  wire [BITS-1:0] distance   = y_larger ? -difference : difference;
  wire [BITS-1:0] index      = distance >> CUT;
  wire            subtracts  = x[BITS-1] ^ y[BITS-1];
  wire            cancels    = subtracts & ~|difference;

  wire [SUM_BITS-1:0]        sum_entry;
  wire [DIFFERENCE_BITS-1:0] difference_entry;
  table_entry #(.ENTRIES(SUMS), .BITS(SUM_BITS), .INDEX_BITS(BITS)) of_sums (
    .entries(SUM_TABLE), .index(index), .entry(sum_entry));
  table_entry #(
    .ENTRIES(DIFFERENCES), .BITS(DIFFERENCE_BITS), .INDEX_BITS(BITS)
  ) of_differences (
    .entries(DIFFERENCE_TABLE), .index(index), .entry(difference_entry));
  wire [SUM_BITS-1:0]        more = index < SUMS ? sum_entry : 0;
  wire [DIFFERENCE_BITS-1:0] less = index < DIFFERENCES ? difference_entry : 0;
  wire [WIDE-1:0] change = subtracts ? -{{WIDE{1'b0}}, less} : more;

  wire            negative = y_larger ? y[BITS-1] : x[BITS-1];
  wire [BITS-1:0] larger   = y_larger ? y_logarithm : x_logarithm;
  wire [WIDE-1:0] exact;
  wire [BITS-1:0] fitted;
  adder #(.BITS(WIDE)) add (.x({{(WIDE - BITS){larger[BITS-1]}}, larger}), .y(change), .sum(exact));
  lns_fit #(.WIDE(WIDE), .BITS(BITS)) fit (
    .present(~cancels), .negative(negative), .logarithm(exact), .code(fitted));

  assign sum = x == ZERO ? y
             : y == ZERO ? x
             : fitted;
endmodule
