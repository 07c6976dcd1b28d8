// Multiply-accumulate in the logarithmic number system: a product is a sum of logarithms, a sum is read
// from tables. Twin of macroscope.unit.LogarithmicSumUnit.
//
// One product enters each clock cycle: a and b are registered, and the next edge loads the sum. The
// product with first = 1 starts a sum from addend, which is read in the cycle after its operands
// entered. A NaN stays.
module lns_mac #(
  parameter A_BITS          = 8,
  parameter A_UP            = 0,
  parameter B_BITS          = 8,
  parameter B_UP            = 0,
  parameter C_BITS          = 8,
  parameter CUT             = 0,
  parameter SUMS            = 1,
  parameter SUM_BITS        = 4,
  parameter DIFFERENCES     = 1,
  parameter DIFFERENCE_BITS = 4,
  parameter [SUMS*SUM_BITS-1:0]               SUM_TABLE        = 0,
  parameter [DIFFERENCES*DIFFERENCE_BITS-1:0] DIFFERENCE_TABLE = 0
) (
  input                   clk,
  input                   first,
  input  [A_BITS-1:0]     a,
  input  [B_BITS-1:0]     b,
  input  [C_BITS-1:0]     addend,
  output reg [C_BITS-1:0] sum
);
  localparam [C_BITS-1:0] NAN = {2'b11, {(C_BITS - 2){1'b0}}};

  reg              first_entered;
  reg [A_BITS-1:0] a_entered;
  reg [B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [C_BITS-1:0] held = first_entered ? addend : sum;
  wire [C_BITS-1:0] product;
  wire [C_BITS-1:0] next;
  lns_product #(
    .A_BITS(A_BITS), .A_UP(A_UP), .B_BITS(B_BITS), .B_UP(B_UP), .C_BITS(C_BITS)
  ) multiply (.a(a_entered), .b(b_entered), .product(product));
  lns_add #(
    .BITS(C_BITS), .CUT(CUT), .SUMS(SUMS), .SUM_BITS(SUM_BITS), .DIFFERENCES(DIFFERENCES),
    .DIFFERENCE_BITS(DIFFERENCE_BITS), .SUM_TABLE(SUM_TABLE), .DIFFERENCE_TABLE(DIFFERENCE_TABLE)
  ) accumulate (.x(held), .y(product), .sum(next));

  wire nan = a_entered == {2'b11, {(A_BITS - 2){1'b0}}}
           | b_entered == {2'b11, {(B_BITS - 2){1'b0}}}
           | held == NAN;
  always @(posedge clk) sum <= nan ? NAN : next;
endmodule
