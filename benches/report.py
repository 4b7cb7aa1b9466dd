"""Writes BENCHMARKS.md: a table per job, with medians and ratios."""

HEAD = """# Benchmarks

Written by `make bench`. Each job measures whole processes, from file to answer. The programs run alternately on one
machine in one run. Times are medians, with minimum and maximum in brackets; memory is the highest peak of all runs. The
ratio is the time of the program divided by the time of merestone. The remark states what the other program omits or
computes differently.

Machine: {machine}. {versions}. Jobs of this run: {jobs}.
"""


def seconds(value):
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def row(contender, figures, ours):
    if figures.failure:
        return f"| {contender.name} | {figures.failure} | – | – | {contender.note} |"
    median = figures.median()
    spread = f" ({seconds(min(figures.seconds))}–{seconds(max(figures.seconds))})" if len(figures.seconds) > 1 else ""
    ratio = f"{median / ours:.1f}" if ours and contender.name != "merestone" else "1"
    return f"| {contender.name} | {seconds(median)}{spread} | {figures.peak():.0f} MB | {ratio} | {contender.note} |"


def job_text(job, figures):
    ours = figures[job.contenders[0].name].median()
    lines = [f"## {job.id}: {job.title}", "", f"Input: {job.input}. Target: {job.reach}.", ""]
    lines += ["| program | time | peak memory | ratio | remark |", "|---|---|---|---|---|"]
    lines += [row(contender, figures[contender.name], ours) for contender in job.contenders]
    return "\n".join(lines)


def growth_text(growth):
    if not growth:
        return ""
    lines = ["## Growth of time and memory", "", "Input: parts of the real files and densified copies. The slope is that of log(time) over"]
    lines[-1] += " log(vertices): 1 is linear."
    lines += ["", "| job | factor | vertices | file | time | peak memory |", "|---|---|---|---|---|---|"]
    for job in growth:
        for step in job.steps:
            time = step.failure or seconds(step.seconds)
            lines.append(
                f"| {job.id} | {step.factor} | {step.vertices} | {step.megabytes:.0f} MB | {time} | {step.peak_mb:.0f} MB |"
            )
    lines += [""] + [f"Slope of {job.id}: {job.slope:.2f}." for job in growth]
    lines += ["", "![Time over vertices](benches/growth.svg)"]
    return "\n".join(lines)


def markdown(results, growth, machine, versions, remarks=""):
    parts = [HEAD.format(machine=machine, versions=versions, jobs=", ".join(job.id for job, _ in results))]
    parts += [job_text(job, figures) for job, figures in results]
    parts += [text for text in (growth_text(growth), remarks) if text]
    return "\n\n".join(part.strip() for part in parts) + "\n"
