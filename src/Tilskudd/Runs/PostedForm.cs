using Tilskudd.Cycle;
using Tilskudd.Layout;
using Tilskudd.SignIn;

namespace Tilskudd.Runs;

/// <summary>A posted form on its way: it does what it asks, and shows where its case then stands; or it is shown again, with what to put right.</summary>
internal static class PostedForm
{
    /// <param name="then">Where what was done is seen.</param>
    /// <param name="act">Does what the form asks; not asked where a field could not be read.</param>
    /// <param name="again">The page with the form again, by what was refused, or null where its fields are at fault; null for one who may not see it.</param>
    public static async Task<IResult> Answer(TypedForm form, string then, Func<Task<Refusal?>> act, Func<Refusal?, Task<IResult?>> again)
    {
        var refusal = form.Faults.Count > 0 ? null : await act();
        return form.Faults.Count == 0 && refusal is null ? new SeeOtherResult(then)
            : refusal is not null && PostedRefusal.Final(refusal) is { } final ? final
            : await again(refusal) ?? Refused.NotFound;
    }

    /// <summary>The same for a form that answers a step.</summary>
    /// <param name="read">Reads the fields and says what to do with them; null when the form is none of ours.</param>
    public static async Task<IResult> Answer(TypedForm form, string then, HttpContext context, Func<TypedForm, Func<PostedAnswer, Task<Refusal?>>?> read, Func<Refusal?, Task<IResult?>> again) =>
        PostedAnswer.Read(context.Request.Form) is { } answer && read(form) is { } act
            ? await Answer(form, then, () => act(answer), again)
            : new Refused(StatusCodes.Status400BadRequest);

    /// <summary>What to put right: the fields that could not be read, or the one the refusal is about.</summary>
    public static IReadOnlyList<FieldFault> Faults(TypedForm form, Refusal? refusal) => refusal is null ? form.Faults : [RefusalText.Fault(refusal)];

    /// <summary>A refusal of no field is about what has happened meanwhile.</summary>
    public static int Status(Refusal? refusal) => refusal is { Field: "" } ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity;
}
