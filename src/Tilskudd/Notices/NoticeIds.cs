using Tilskudd.Cycle;

namespace Tilskudd.Notices;

internal readonly record struct NoticeId(Guid Value) : IId<NoticeId>
{
    public static NoticeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

internal readonly record struct LinkId(Guid Value) : IId<LinkId>
{
    public static LinkId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
