using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace Tilskudd.Storage;

// EF Core calls the type experimental for the sake of queries compiled ahead, which we have none of.
#pragma warning disable EF9100

/// <summary>
/// Takes each constant of a query as EF Core already holds it. Left alone, EF Core writes and compiles a method to look each of them up anew,
/// for the sake of queries compiled ahead; in a simulated year those were 4,300 of some 9,000 methods compiled while it ran. For the same sake the
/// methods that read the rows stand within the one that asks, which makes a delegate of each at every asking; here they are made once.
/// </summary>
internal sealed class KnownConstants(
    ShapedQueryCompilingExpressionVisitorDependencies core, RelationalShapedQueryCompilingExpressionVisitorDependencies relational, RelationalCommandBuilderDependencies commands)
    : RelationalLiftableConstantProcessor(core, relational, commands)
{
    public override Expression InlineConstants(Expression expression, bool supportsPrecompiledQuery) =>
        new MadeOnce().Visit(base.InlineConstants(expression, supportsPrecompiledQuery));

    protected override ConstantExpression InlineConstant(LiftableConstantExpression liftableConstant) => liftableConstant.OriginalExpression;

    // Makes a constant of every method within the outermost that needs nothing of those around it.
    private sealed class MadeOnce : ExpressionVisitor
    {
        // The methods being visited, the innermost on top: what each names, and what of it is its own.
        private readonly Stack<(HashSet<ParameterExpression> Named, HashSet<ParameterExpression> Own)> _methods = [];

        protected override Expression VisitLambda<T>(Expression<T> node)
        {
            _methods.Push(([], [.. node.Parameters]));
            var method = node.Update(Visit(node.Body), node.Parameters);
            var (named, own) = _methods.Pop();
            if (!_methods.TryPeek(out var around))
            {
                return method;
            }

            named.ExceptWith(own);
            around.Named.UnionWith(named);
            return named.Count == 0 ? Expression.Constant(method.Compile(), node.Type) : method;
        }

        // A method carried out where it stands is part of the one around it.
        protected override Expression VisitInvocation(InvocationExpression node)
        {
            if (node.Expression is not LambdaExpression method)
            {
                return base.VisitInvocation(node);
            }

            _methods.Peek().Own.UnionWith(method.Parameters);
            return node.Update(Expression.Lambda(method.Type, Visit(method.Body), method.Parameters), Visit(node.Arguments));
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            _methods.Peek().Named.Add(node);
            return node;
        }

        protected override Expression VisitBlock(BlockExpression node)
        {
            _methods.Peek().Own.UnionWith(node.Variables);
            return base.VisitBlock(node);
        }

        protected override CatchBlock VisitCatchBlock(CatchBlock node)
        {
            if (node.Variable is { } caught)
            {
                _methods.Peek().Own.Add(caught);
            }

            return base.VisitCatchBlock(node);
        }
    }
}
