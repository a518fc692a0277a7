using System.Globalization;
using System.Reflection;
using Tilskudd.Layout;

namespace Tilskudd.Api;

/// <summary>What an address of the API may be asked by: the parameters its handler takes. A word it does not know is refused, so that a filter spelt wrong is never taken for none.</summary>
internal sealed class ApiQuery(MethodInfo handler)
{
    private const int LongestShown = 40;

    private readonly Dictionary<string, Type> _known = handler.GetParameters().Where(parameter => parameter.ParameterType == typeof(string) || parameter.ParameterType == typeof(int?))
        .ToDictionary(parameter => parameter.Name!, parameter => parameter.ParameterType, StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers what is asked wrongly before the handler is come to; who may not ask at all is told that instead.</summary>
    public static EndpointFilterDelegate Guard(EndpointFilterFactoryContext made, EndpointFilterDelegate next)
    {
        var query = new ApiQuery(made.MethodInfo);
        return async asked => query.Fault(asked.HttpContext.Request.Query) is { } fault
            ? await asked.HttpContext.RequestServices.GetRequiredService<ApiAccess>().Answer(asked.HttpContext, _ => Task.FromResult<IResult>(new Refused(StatusCodes.Status400BadRequest, fault)))
            : await next(asked);
    }

    private string? Fault(IQueryCollection asked)
    {
        foreach (var (name, values) in asked)
        {
            if (!_known.TryGetValue(name, out var kind))
            {
                return Texts.Of<ApiWords>("UnknownParameter", name.Length > LongestShown ? name[..LongestShown] + "…" : name, string.Join(", ", _known.Keys));
            }

            if (values.Count > 1)
            {
                return Texts.Of<ApiWords>("Twice", name);
            }

            if (kind == typeof(int?) && !int.TryParse(values, NumberStyles.Integer, CultureInfo.InvariantCulture, out _))
            {
                return Texts.Of<ApiWords>("NotANumber", name);
            }
        }

        return null;
    }
}
