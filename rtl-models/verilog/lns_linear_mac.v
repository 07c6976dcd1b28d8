// Dot product of logarithmic numbers with sums in fixed point. A product adds the two logarithms; its
// fraction bits read a table of powers of two, its integer bits shift what is read to its place in the
// accumulator. LENGTH products are added exactly, the accumulator never rounds, and its sum is rounded
// once to the output format. Twin of macroscope.unit.MacUnit with an AntilogarithmTable and an
// Accumulation.FixedPoint.
//
// A pass enters each clock cycle: a and b are registered, and the next edge loads both the accumulator
// and the rounded result. first goes with a and b; where it is 1 their pass starts a sum from zero.
// Element k lies at a[k*A_BITS +: A_BITS].
module lns_linear_mac #(
  parameter A_BITS           = 6,
  parameter B_BITS           = 6,
  // Fraction bits of both logarithms, and the integer part of that of the least product, which is
  // shifted by 0.
  parameter FRACTION_BITS    = 2,
  parameter LEAST            = -16,
  // Bits of an entry of POWERS, of a product's magnitude in fixed point, and of the accumulator.
  parameter SIGNIFICAND_BITS = 8,
  parameter LENGTH           = 1,
  parameter PRODUCT_BITS     = 36,
  parameter ACC_BITS         = 47,
  // The output format; C_LOWEST_FIELD, C_FIELD_BITS wide, is the exponent field that the accumulator's
  // lowest bit would have there. C_UNDERFLOWS: whether a sum can be subnormal. The rest are codes: the
  // largest number, what is written for more than that, and NaN.
  parameter C_EXPONENT_BITS  = 8,
  parameter C_FRACTION_BITS  = 23,
  parameter C_FIELD_BITS     = 10,
  parameter C_LOWEST_FIELD   = 109,
  parameter C_UNDERFLOWS     = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS-1:0] C_LARGEST           = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_POSITIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NEGATIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NAN               = 0,
  parameter [(SIGNIFICAND_BITS<<FRACTION_BITS)-1:0] POWERS            = 0
) (
  input                                      clk,
  input                                      first,
  input  [LENGTH*A_BITS-1:0]                 a,
  input  [LENGTH*B_BITS-1:0]                 b,
  output [C_EXPONENT_BITS+C_FRACTION_BITS:0] result
);
  localparam TERM_BITS = PRODUCT_BITS + 1;

  reg                     first_entered;
  reg [LENGTH*A_BITS-1:0] a_entered;
  reg [LENGTH*B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*TERM_BITS-1:0] products;
  wire [LENGTH-1:0]           nan;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      antilog_product #(
        .A_BITS(A_BITS), .B_BITS(B_BITS), .FRACTION_BITS(FRACTION_BITS), .LEAST(LEAST),
        .SIGNIFICAND_BITS(SIGNIFICAND_BITS), .PRODUCT_BITS(PRODUCT_BITS), .POWERS(POWERS)
      ) multiply (
        .a(a_entered[k*A_BITS +: A_BITS]),
        .b(b_entered[k*B_BITS +: B_BITS]),
        .product(products[k*TERM_BITS +: TERM_BITS]),
        .nan(nan[k]));
    end
  endgenerate

  fixed_point_accumulator #(
    .LENGTH(LENGTH), .TERM_BITS(TERM_BITS), .SIGNED(1), .SPECIALS(1), .ACC_BITS(ACC_BITS),
    .C_EXPONENT_BITS(C_EXPONENT_BITS), .C_FRACTION_BITS(C_FRACTION_BITS),
    .C_FIELD_BITS(C_FIELD_BITS), .C_LOWEST_FIELD(C_LOWEST_FIELD), .C_UNDERFLOWS(C_UNDERFLOWS),
    .C_LARGEST(C_LARGEST), .C_POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW),
    .C_NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW), .C_NAN(C_NAN)
  ) accumulate (
    .clk(clk), .first(first_entered), .products(products), .nan(|nan),
    .positive_infinity(1'b0), .negative_infinity(1'b0), .result(result));
endmodule
