using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tilskudd.Storage;

// EF Core calls the type experimental for the sake of queries compiled ahead, which we have none of.
#pragma warning disable EF9100

/// <summary>
/// Takes each constant of a query as EF Core already holds it. Left alone, EF Core writes and compiles a method to look each of them up anew,
/// for the sake of queries compiled ahead; in a simulated year those were 4,300 of some 9,000 methods compiled while it ran.
/// </summary>
internal sealed class KnownConstants(
    ShapedQueryCompilingExpressionVisitorDependencies core, RelationalShapedQueryCompilingExpressionVisitorDependencies relational, RelationalCommandBuilderDependencies commands)
    : RelationalLiftableConstantProcessor(core, relational, commands)
{
    protected override ConstantExpression InlineConstant(LiftableConstantExpression liftableConstant) => liftableConstant.OriginalExpression;
}
